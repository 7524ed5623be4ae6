begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.claim_reservations set outcome = 'perhaps' $$
  ),
  '23514 outcome_is_known', 'no outcome but those of the design'
);

select * from finish();
rollback;
