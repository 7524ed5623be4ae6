begin;
select plan(3);

-- given a claim that an earlier run booked and a person removed from the ledger
select tests.organisation_with_claims(1, 2);
create temporary table run as select tests.request(tests.organisation_id(), 1) as run_id;
select tests.append(tests.organisation_id(), 'accepted', array[1], jsonb_build_object(
  'external_ids', jsonb_build_object(tests.claim_id(1), '["a", "b"]'::jsonb)
));
select tests.append(tests.organisation_id(), 'voided', array[1], jsonb_build_object(
  'external_ids', jsonb_build_object(tests.claim_id(1), '["a"]'::jsonb)
));
select tests.append(tests.organisation_id(), 'voided', array[2], jsonb_build_object(
  'external_ids', jsonb_build_object(tests.claim_id(2), '["c"]'::jsonb)
));

-- when a new run takes it
-- then
select is(
  accounting.voided_ids_of(tests.organisation_id(), tests.claim_ids(1)::text[]), '["a"]'::jsonb,
  'what was removed of the claim, and of no other'
);
select is(
  accounting.batch_of(tests.organisation_id(), run_id, '{}') -> 'voidedExternalIds', '["a"]'::jsonb,
  'is told to the adapter'
)
from run;
select is(
  accounting.batch_of(tests.organisation_id(), run_id, '{}') -> 'voidedClaimIds',
  jsonb_build_array(tests.claim_id(1)),
  'so is which claim it was of'
)
from run;

select * from finish();
rollback;
