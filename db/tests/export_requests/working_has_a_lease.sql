begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set state = 'sending', next_attempt_at = null $$
  ),
  '23514 working_has_a_lease', 'what is being sent is somebody''s'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests
       set state = 'reconciling', next_attempt_at = null,
         quarantine_until = accounting.clock(), in_doubt_since = accounting.clock() $$
  ),
  '23514 working_has_a_lease', 'what is being asked about is somebody''s'
);

select * from finish();
rollback;
