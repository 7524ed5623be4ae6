begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set state = 'failed', next_attempt_at = null $$
  ),
  '23514 ended_at_matches_state', 'what has ended has a time'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests set ended_at = now() $$
  ),
  '23514 ended_at_matches_state', 'what has not ended has none'
);

select * from finish();
rollback;
