begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set state = 'needs_review', next_attempt_at = null $$
  ),
  '23514 needs_review_has_a_reason', 'a person is told why'
);

select * from finish();
rollback;
