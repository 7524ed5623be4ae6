begin;
select plan(2);

-- given a question for one of two claims
select tests.organisation_with_claims(1, 2);
select tests.flag('{1}');
create temp table lease as
select l.lease_id as id from accounting.lease_runs('dispatcher-1', 100) as l;
select accounting.start_question(tests.organisation_id(), null, l.id) from lease as l;

-- when, then
select throws_ok(
  format('select * from accounting.record_results(%L)', jsonb_build_array(tests.report_without_run(
    tests.organisation_id(), l.id, tests.item('found', '{2}', '{"http_status": 200}')
  ))),
  'AX023', null, 'nobody asked about the other one'
)
from lease as l;
select is(tests.verdict(tests.organisation_id(), 2), 'exportable', 'it isn''t taken for booked');

select * from finish();
rollback;
