begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table lease as select tests.start(tests.organisation_id(), tests.run_of(1)) as id;
create temp table report as
select jsonb_build_array(
  tests.report(tests.run_of(1), l.id, jsonb_build_array(tests.item('accepted', '{1}')))
) as results
from lease as l;

-- when the first answer is lost
create temp table first as select o.* from report, accounting.record_results(report.results) as o;
select tests.move_clock('1 s');
create temp table again as select o.* from report, accounting.record_results(report.results) as o;

-- then
select results_eq(
  'select run_id, is_late, state from again', 'select run_id, is_late, state from first',
  'the answer is the same'
);
select is((select count(*) from accounting.export_runs), 1::bigint, 'the trail has one row');
select is((select h.seq from accounting.audit_heads as h), 1::bigint, 'and its head counts one');
select is(
  (tests.run(tests.run_of(1))).exported_at, accounting.clock() - interval '1 s', 'since the first'
);

select * from finish();
rollback;
