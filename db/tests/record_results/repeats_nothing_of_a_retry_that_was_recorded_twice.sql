begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
create temp table report as
select jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('not_applied', '{1}')),
  '{"keep_lease_ms": 3000}'
)) as results
from lease as l;

-- when
select accounting.record_results(report.results) from report;
create temp table before as select (tests.run(tests.run_of(1))).*;
select accounting.record_results(report.results) from report;

-- then
select results_eq(
  'select (tests.run(tests.run_of(1))).*', 'select * from before', 'the run is as it was'
);
select is((select count(*) from accounting.export_runs), 1::bigint, 'the trail has one row');

select * from finish();
rollback;
