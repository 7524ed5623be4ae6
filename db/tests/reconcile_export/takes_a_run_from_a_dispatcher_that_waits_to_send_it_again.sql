begin;
select plan(4);

-- given a run whose dispatcher keeps the lease for a short wait
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
create temp table lease as
select l.id from run as r
cross join lateral (select tests.start(tests.organisation_id(), r.id)) as l (id);
select accounting.record_results(jsonb_build_array(tests.report(
  r.id, l.id, jsonb_build_array(tests.item('not_applied', '{1}', '{"http_status": 429}')),
  '{"keep_lease_ms": 5000}'
)))
from run as r, lease as l;
select is(tests.state_of(r.id), 'retry_wait', 'it waits to be sent again') from run as r;

-- when
select is(tests.reconcile(r.id), 'in_doubt', 'it is in doubt') from run as r;

-- then
select throws_ok(
  format('select accounting.start_attempt(%L, %L, %L)', tests.organisation_id(), r.id, l.id),
  'AX020', null, 'its dispatcher sends nothing'
)
from run as r, lease as l;
select is(
  tests.answer(r.id, tests.item('found', '{1}')), 'exported', 'it is asked about at once'
)
from run as r;

select * from finish();
rollback;
