begin;
select plan(4);

-- given two attempts under one lease, the second of which is in doubt
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
create temp table report as
select jsonb_build_array(tests.report(
  tests.run_of(1), l.id, jsonb_build_array(tests.item('not_applied', '{1}')),
  '{"keep_lease_ms": 3000}'
)) as results
from lease as l;
select accounting.record_results(report.results) from report;
select tests.wait_until_due(tests.run_of(1));
select accounting.start_attempt(tests.organisation_id(), tests.run_of(1), l.id) from lease as l;

-- when the first attempt's report comes again
create temp table sending as select o.* from report, accounting.record_results(report.results) as o;
select tests.record(tests.organisation_id(), tests.run_of(1), l.id, 'unknown', '{1}')
from lease as l;
create temp table doubt as select o.* from report, accounting.record_results(report.results) as o;

-- then
select is((select s.state from sending as s), 'sending', 'the second attempt is still under way');
select is((select d.state from doubt as d), 'in_doubt', 'its doubt stays');
select is((tests.reservation(tests.run_of(1), 1)).outcome, 'unknown', 'also that of the claim');
select is((select count(*) from accounting.export_runs), 2::bigint, 'the trail has a row for each');

select * from finish();
rollback;
