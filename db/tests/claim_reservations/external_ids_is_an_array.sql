begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.claim_reservations set external_ids = '{}' $$
  ),
  '23514 external_ids_is_an_array', 'ids are a list'
);

select * from finish();
rollback;
