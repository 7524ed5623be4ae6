begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set next_attempt_at = null $$
  ),
  '23514 waiting_has_a_time', 'what waits has a time at which it goes on'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests set state = 'cancelled', ended_at = accounting.clock() $$
  ),
  '23514 waiting_has_a_time', 'what does not wait has none'
);

select * from finish();
rollback;
