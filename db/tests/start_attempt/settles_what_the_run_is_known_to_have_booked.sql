begin;
select plan(4);

-- given a row in the trail that the run knows nothing of
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
select tests.append_row(tests.run_of(1), 'accepted', '{1}');
select tests.wait_until_due(tests.run_of(1));
create temp table lease as select tests.lease(tests.run_of(1)) as id;

-- when
create temp table started as
select s.* from lease,
  accounting.start_attempt(tests.organisation_id(), tests.run_of(1), lease.id) as s;

-- then
select results_eq(
  'select is_started, state, batch from started', $$ values (false, 'exported', null::jsonb) $$,
  'nothing is sent'
);
select is(tests.state_of(tests.run_of(1)), 'exported', 'the run has ended');
select is((tests.run(tests.run_of(1))).attempt_no, 1, 'no start is counted');
select is(
  (select c.exported_run_id from accounting.claims as c), tests.run_of(1), 'the claim names the run'
);

select * from finish();
rollback;
