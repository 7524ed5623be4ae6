begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.claim_reservations
       set outcome = 'accepted', delivered_at = now(), released_at = now() $$
  ),
  '23514 booked_is_released_by_void_alone', 'a booked claim is not released'
);

select * from finish();
rollback;
