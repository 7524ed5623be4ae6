begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set charged_attempts = 1 $$
  ),
  '23514 charged_attempts_are_started', 'no attempt is charged that was not started'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests set charged_attempts = -1 $$
  ),
  '23514 charged_attempts_are_started', 'none is given back that was not charged'
);

select * from finish();
rollback;
