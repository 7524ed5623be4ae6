begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.claim_reservations set outcome = 'accepted' $$
  ),
  '23514 delivered_at_matches_outcome', 'what was accepted is delivered at some time'
);
select is(
  tests.violation_of(
    $$ update accounting.claim_reservations set outcome = 'found' $$
  ),
  '23514 delivered_at_matches_outcome', 'so is what was found'
);
select is(
  tests.violation_of(
    $$ update accounting.claim_reservations set outcome = 'booked_by_hand' $$
  ),
  '23514 delivered_at_matches_outcome', 'and what a person booked'
);
select is(
  tests.violation_of(
    $$ update accounting.claim_reservations set outcome = 'rejected', delivered_at = now() $$
  ),
  '23514 delivered_at_matches_outcome', 'what was refused is not'
);

select * from finish();
rollback;
