begin;
select plan(3);

-- given a claim that was booked, and voided since by a person who removed it from the ledger
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
create temp table run as
select tests.run_of(1) as id, tests.start(tests.organisation_id(), tests.run_of(1)) as lease_id;
select tests.record(tests.organisation_id(), r.id, r.lease_id, 'accepted', '{1}') from run as r;
select tests.append(
  tests.organisation_id(), 'voided', '{1}', jsonb_build_object('run_id', r.id)
)
from run as r;
update accounting.claim_reservations
set outcome = 'voided', released_at = accounting.clock(), delivered_at = null;
update accounting.claims set exported_at = null, exported_run_id = null;

-- when the dispatcher, which never got an answer, records again
select tests.move_clock('1 s');
select tests.record(tests.organisation_id(), r.id, r.lease_id, 'accepted', '{1}') from run as r;

-- then
select results_eq(
  'select exported_at, exported_run_id from accounting.claims',
  'values (null::timestamptz, null::uuid)', 'the claim is not marked as exported again'
);
select is(
  (select (tests.reservation(r.id, 1)).outcome from run as r), 'voided', 'what was voided stays so'
);
select is(
  tests.verdict(tests.organisation_id(), 1), 'exportable', 'and the guard lets it through'
);

select * from finish();
rollback;
