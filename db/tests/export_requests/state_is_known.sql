begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set state = 'lost', next_attempt_at = null $$
  ),
  '23514 state_is_known', 'no state but those of the design'
);

select * from finish();
rollback;
