begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set claim_ids = '{}' $$
  ),
  '23514 claims_are_asked_for', 'a run asks for at least one claim'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests set claim_ids = array[null]::uuid[] $$
  ),
  '23514 claims_are_asked_for', 'and for no null'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests
       set claim_ids = array_fill(tests.claim_id(1), array[501]) $$
  ),
  '23514 claims_are_asked_for', 'and for 500 at most'
);

select * from finish();
rollback;
