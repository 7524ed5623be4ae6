begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set state = 'in_doubt', in_doubt_since = now() $$
  ),
  '23514 in_doubt_has_a_quarantine', 'without a quarantine "absent" could be trusted'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests set state = 'in_doubt', quarantine_until = now() $$
  ),
  '23514 in_doubt_has_a_quarantine', 'a doubt has a beginning'
);

select * from finish();
rollback;
