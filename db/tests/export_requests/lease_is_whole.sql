begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set lease_id = gen_random_uuid() $$
  ),
  '23514 lease_is_whole', 'a lease has an end and a holder'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests
       set lease_id = gen_random_uuid(), leased_by = 'dispatcher-1' $$
  ),
  '23514 lease_is_whole', 'without its end it is none'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests
       set lease_id = gen_random_uuid(), lease_expires_at = now() $$
  ),
  '23514 lease_is_whole', 'nor without its holder'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests set lease_expires_at = now(), leased_by = 'dispatcher-1' $$
  ),
  '23514 lease_is_whole', 'nor without its id'
);

select * from finish();
rollback;
