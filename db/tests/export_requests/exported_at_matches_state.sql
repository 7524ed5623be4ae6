begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests
       set state = 'exported', ended_at = now(), next_attempt_at = null $$
  ),
  '23514 exported_at_matches_state', 'what is exported has a time'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests
       set state = 'partially_exported', ended_at = now(), next_attempt_at = null $$
  ),
  '23514 exported_at_matches_state', 'so has what is exported in part'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests set exported_at = now() $$
  ),
  '23514 exported_at_matches_state', 'what is not exported has none'
);

select * from finish();
rollback;
