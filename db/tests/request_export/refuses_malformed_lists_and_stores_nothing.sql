begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 2);
-- when, then
select throws_ok(
  format('select accounting.request_export(tests.organisation_id(1), %s, ''app-1'')', f.claim_ids),
  f.code, null, f.why
)
from (values
  ('null', 'AX001', 'no list'),
  ('''{}''', 'AX001', 'an empty list'),
  ('tests.claim_ids(1) || null::uuid', 'AX002', 'a null among the claims'),
  ('tests.claim_ids(1, 2, 1)', 'AX003', 'a claim named twice'),
  ('array(select tests.claim_id(n) from generate_series(1, 501) as n)', 'AX004', '501 claims')
) as f (claim_ids, code, why);
select is_empty('select from accounting.export_requests', 'nothing was stored');

select * from finish();
rollback;
