begin;
select plan(1);

-- given a flag that is met after an unreachable system
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(
  tests.run_of(1), tests.item('not_applied', '{1}', '{"failure": "unreachable"}')
);
update accounting.claims set flagged_at = accounting.clock(), flagged_reason = 'a restore';
select tests.wait_until_due(tests.run_of(1));
select tests.start(tests.organisation_id(), tests.run_of(1));

-- when
select tests.move_clock('61 minutes');

-- then
select set_eq(
  'select kind, run_id from api.export_attention',
  $$ values ('in_doubt_long', tests.run_of(1)), ('flagged', null) $$, 'by where it stands now'
);

select * from finish();
rollback;
