begin;
select plan(9);

-- given two organisations, the second of which has a claim more
select tests.organisation_with_claims(1, 2);
select tests.organisation_with_claims(2, 3);

-- when, then
select is(
  tests.act(format('select count(*) from api.flag_claims(%L, ''doubted'')', n.ids)), n.code, n.what
)
from (values
  (null::uuid[], 'AX001', 'no list'), ('{}', 'AX001', 'no claims'),
  (tests.claim_ids(1) || null::uuid, 'AX002', 'a null'), (tests.claim_ids(1, 1), 'AX003', 'twice'),
  (array(select gen_random_uuid() from generate_series(1, 501)), 'AX004', 'over 500'),
  (tests.claim_ids(1, 3), 'AX016', 'the other organisation''s'),
  (tests.claim_ids(1, 9), 'AX016', 'nobody''s')
) as n (ids, code, what);
select is_empty(
  'select * from accounting.claims where flagged_at is not null', 'nothing is flagged'
);
select is_empty('select * from accounting.claim_questions', 'and nothing is asked');

select * from finish();
rollback;
