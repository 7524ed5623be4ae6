begin;
select plan(2);

-- given an attempt whose first envelope left a claim unknown
select tests.organisation_with_claims(1, 2);
create temporary table started as
select run_id, tests.start(tests.organisation_id(), run_id) as lease_id
from (select tests.request(tests.organisation_id(), 1, 2)) as r (run_id);
select tests.record(tests.organisation_id(), run_id, lease_id, 'unknown', array[1]) from started;

-- when a later one says that the same claim was not applied
select tests.record(
  tests.organisation_id(), run_id, lease_id, 'not_applied', array[1, 2], '{"envelope_no": 2}'
)
from started;

-- then
select is(tests.state_of(run_id), 'in_doubt', 'the run is asked about, not sent again')
from started;
select is(
  (
    select r.outcome
    from accounting.claim_reservations as r
    where r.run_id = started.run_id
      and r.claim_id = tests.claim_id(1)
  ),
  'unknown',
  'only asking makes it certain'
)
from started;

select * from finish();
rollback;
