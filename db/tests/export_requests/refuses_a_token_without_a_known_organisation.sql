begin;
select plan(3);

-- given
select tests.organisation_with_claims(1);
set local role authenticated;
-- when, then
select throws_ok(
  $$ insert into api.export_requests (claim_ids) values (tests.claim_ids(1)) $$, 'AX015', null,
  'authenticated without a token speaks for nobody'
);
select set_config('request.jwt.claims', '{"app_role": "app",
  "organisation_id": "00000000-0000-4000-8000-000000000099"}', true);
select throws_ok(
  $$ insert into api.export_requests (claim_ids) values (tests.claim_ids(1)) $$, 'AX015', null,
  'nor does a token of an organisation that is not there'
);
select set_config('request.jwt.claims', '{"app_role": "app", "organisation_id": "1 or 1=1",
  "user_metadata": {"organisation_id": "00000000-0000-4000-8000-000000000001"}}', true);
select throws_ok(
  $$ insert into api.export_requests (claim_ids) values (tests.claim_ids(1)) $$, 'AX015', null,
  'nor one whose organisation is no id, whatever its user_metadata says'
);

select * from finish();
rollback;
