begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 2), tests.organisation(2);
select tests.sign_in(tests.organisation_id(1), 'app');
-- when, then
select throws_ok(
  $$ select api.put_claims(jsonb_build_array(tests.claim_json(1, '{"reference": "T-9"}'))) $$,
  'AX013', null, 'a reference never changes'
);
select throws_ok(
  $$ select api.put_claims(jsonb_build_array(tests.claim_json(3, '{"reference": "T-1"}'))) $$,
  'AX013', null, 'nor does a new claim take one that is used'
);
select tests.sign_in(tests.organisation_id(2), 'app');
select lives_ok(
  $$ select api.put_claims(jsonb_build_array(tests.claim_json(1))) $$,
  'another organisation may use the same'
);

select * from finish();
rollback;
