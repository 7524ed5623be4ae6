begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.claim_reservations set verdict = 'perhaps' $$
  ),
  '23514 verdict_is_known', 'no verdict but the guard''s'
);

select * from finish();
rollback;
