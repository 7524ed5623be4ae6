begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.claim_reservations set verdict = 'flagged', outcome = 'unknown' $$
  ),
  '23514 only_exportable_has_an_outcome', 'what was never sent has no outcome'
);

select * from finish();
rollback;
