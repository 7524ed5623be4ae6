begin;
select plan(5);

-- given a run of which one claim is delivered, one is refused and one has to be sent again
select tests.organisation_with_claims(1, 3);
create temp table run as select tests.request(tests.organisation_id(), 1, 2, 3) as id;
select tests.attempt(
  r.id, tests.item('accepted', '{1}'), tests.item('rejected', '{2}'),
  tests.item('not_applied', '{3}')
)
from run as r;
select is(tests.state_of(r.id), 'retry_wait', 'it waits') from run as r;

-- when
select is(tests.cancel(r.id), 'partially_exported', 'what is delivered stays') from run as r;

-- then
select is(tests.counts(r.id), '1 1 1 0', 'one delivered, one refused, one withdrawn') from run as r;
select is(
  (select x.claim_ids from accounting.export_runs as x where x.outcome = 'cancelled'),
  to_jsonb(tests.claim_ids(3)), 'the trail names the one that was withdrawn'
);
select is(tests.verdict(tests.organisation_id(), 3), 'exportable', 'which is free');

select * from finish();
rollback;
