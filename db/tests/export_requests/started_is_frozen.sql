begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);

-- when, then
select is(
  tests.violation_of(
    $$ update accounting.export_requests set attempt_no = 1, batch_key = null $$
  ),
  '23514 started_is_frozen', 'no attempt without a batch key'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests set attempt_no = 1, input_sha256 = null $$
  ),
  '23514 started_is_frozen', 'none without the hash of its input'
);
select is(
  tests.violation_of(
    $$ update accounting.export_requests set attempt_no = 1, mapper_version = null $$
  ),
  '23514 started_is_frozen', 'none without the mapper''s version'
);

select * from finish();
rollback;
