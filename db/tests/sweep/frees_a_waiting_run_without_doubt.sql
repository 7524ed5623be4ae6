begin;
select plan(4);

-- given a run that was leased and not started, and one whose dispatcher waits with the lease
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('not_applied', '{1}')),
  '{"keep_lease_ms": 3000}'
)))
from lease as l;
select tests.request(tests.organisation_id(), 2);
select tests.lease(tests.run_of(2));
create temp table before as
select e.run_id, e.state, e.next_attempt_at from accounting.export_requests as e;

-- when
select tests.move_clock('10 s');

-- then
select is(accounting.sweep(), 2, 'both leases have lapsed');
select set_eq(
  'select run_id, state, next_attempt_at from accounting.export_requests', 'select * from before',
  'state and time are as they were'
);
select is_empty(
  'select * from accounting.export_requests where lease_id is not null', 'nobody carries them'
);
select is_empty(
  $$ select * from accounting.export_runs where outcome = 'unknown' $$, 'nothing is in doubt'
);

select * from finish();
rollback;
