begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
select tests.move_clock('10 s');
select accounting.sweep();
create temp table before as select (tests.run(tests.run_of(1))).*;

-- when
create temp table late as
select o.* from lease as l, accounting.record_results(jsonb_build_array(tests.report(
  tests.run_of(1), l.id,
  jsonb_build_array(tests.item('rejected', '{1}', '{"retry_after_ms": 3600000}'))
))) as o;

-- then
select results_eq(
  'select is_late, state from late', $$ values (true, 'in_doubt') $$, 'the answer says so'
);
select is(
  (select r.is_late from accounting.export_runs as r where r.outcome = 'rejected'), true,
  'the trail has it as late'
);
select results_eq(
  'select (tests.run(tests.run_of(1))).*', 'select * from before', 'the run is as it was'
);
select is(
  (tests.reservation(tests.run_of(1), 1)).outcome, 'unknown',
  'the claim is still in doubt'
);

select * from finish();
rollback;
