begin;
select plan(5);

-- given a run that was asked for two claims, and holds one: the other is in another run
select tests.organisation_with_claims(1, 3);
select tests.organisation_with_claims(2, 4);
select tests.request(tests.organisation_id(), 2);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
create temp table report as
select c.no, jsonb_build_array(tests.report(
  run.id, l.id, jsonb_build_array(tests.item('accepted', array[1, c.no]))
)) as results
from run
cross join lateral (select tests.start(tests.organisation_id(), run.id)) as l (id)
cross join (values (2), (3), (4)) as c (no);
grant select on report to export_dispatcher;

-- when, then
set local role export_dispatcher;
select throws_ok(
  format('select * from accounting.record_results(%L)', r.results), 'AX023', null,
  'claim ' || r.no || ' is none of this run''s'
)
from report as r
order by r.no;
reset role;
select is_empty('select * from accounting.export_runs', 'nothing of the report is kept');
select is_empty(
  'select * from accounting.claims where exported_at is not null', 'no claim is marked'
);

select * from finish();
rollback;
