begin;
select plan(4);

-- given a run that a dispatcher carries, and its report of what only a person may decide
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table report as
select k.kind, jsonb_build_array(tests.report(
  tests.run_of(1), l.id,
  jsonb_build_array(tests.item(k.outcome, '{1}', '{"error_message": "seen in the ledger"}')),
  jsonb_build_object('kind', k.kind)
)) as results
from (select tests.start(tests.organisation_id(), tests.run_of(1))) as l (id)
cross join (values ('decision', 'booked_by_hand'), (null, 'accepted')) as k (kind, outcome);
grant select on report to export_dispatcher;

-- when, then
set local role export_dispatcher;
select throws_ok(
  format('select * from accounting.record_results(%L)', r.results), 'AX023', null,
  'a dispatcher reports no ' || coalesce(r.kind, 'row without a kind')
)
from report as r;
reset role;
select is_empty('select * from accounting.export_runs', 'the trail has nothing of it');
select is(tests.verdict(tests.organisation_id(), 1), 'in_flight', 'and the claim is not booked');

select * from finish();
rollback;
