begin;
select plan(2);

-- given a flagged claim that is asked about
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
update accounting.claims set flagged_at = accounting.clock(), flagged_reason = 'a restore';
select tests.start(tests.organisation_id(), tests.run_of(1));

-- when
select tests.answer(tests.run_of(1), tests.item('found', '{1}'));

-- then
select results_eq(
  'select flagged_at, flagged_reason, exported_run_id from accounting.claims',
  $$ values (null::timestamptz, null::text, tests.run_of(1)) $$,
  'it is booked, and no longer flagged'
);
select is(tests.state_of(tests.run_of(1)), 'exported', 'the run has ended, though it never sent');

select * from finish();
rollback;
