begin;
select plan(5);

-- given: claim 3 is held by a run
select tests.organisation(1);
select tests.put_claim(tests.organisation_id(1), 3);
select tests.request(tests.organisation_id(1), 3);
select tests.sign_in(tests.organisation_id(1), 'app');
-- when, then
select throws_ok(
  $$
    select api.put_claims(jsonb_build_array(
      tests.claim_json(1), tests.claim_json(2, '{"total": 3}')
    ))
  $$,
  'AX012', null, 'one invalid claim refuses the list'
);
select throws_ok(
  $$
    select api.put_claims(jsonb_build_array(
      tests.claim_json(1), tests.claim_json(3, '{"state": "withdrawn"}')
    ))
  $$,
  'AX011', null, 'so does one that can''t be changed'
);
select throws_ok(
  $$ select api.put_claims(jsonb_build_array(tests.claim_json(1), tests.claim_json(1))) $$,
  'AX012', null, 'and one that is there twice'
);
select throws_ok(
  $$
    select api.put_claims(jsonb_build_array(
      tests.claim_json(1), tests.claim_json(2, '{"reference": "T-1"}')
    ))
  $$,
  'AX012', null, 'and a reference that is there twice'
);
reset role;
select results_eq(
  'select reference from accounting.claims', array['T-3'], 'no other claim was stored'
);

select * from finish();
rollback;
