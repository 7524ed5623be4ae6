begin;
select plan(8);

-- given
select tests.organisation_with_claims(1), tests.organisation(2, 'xledger', '{"is_enabled": false}');
select tests.sign_in(tests.organisation_id(1), 'app');
-- when, then
select throws_ok('select api.check_export(' || f.arguments || ')', f.code, null, f.why)
from (values
  ('''{}''', 'AX001', 'no claims'),
  ('array[null::uuid]', 'AX002', 'a null'),
  ('tests.claim_ids(1, 1)', 'AX003', 'a claim twice'),
  ('array(select tests.claim_id(n) from generate_series(1, 501) as n)', 'AX004', '501 claims'),
  ('tests.claim_ids(1), tests.organisation_id(2)', 'AX005', 'a foreign organisation')
) as f (arguments, code, why);
set local role service_role;
select throws_ok(
  'select api.check_export(tests.claim_ids(1))', 'AX006', null, 'service_role names nobody'
);
select throws_ok(
  'select api.check_export(tests.claim_ids(1), tests.organisation_id(2))', 'AX008', null,
  'the integration is disabled'
);
select lives_ok(
  'select api.check_export(tests.claim_ids(1), tests.organisation_id(1))',
  'service_role may ask for any organisation'
);

select * from finish();
rollback;
