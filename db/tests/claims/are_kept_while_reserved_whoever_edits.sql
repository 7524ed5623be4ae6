begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 2);
select tests.request(tests.organisation_id(1), 1);
-- when, then
select throws_ok(f.sql || ' = tests.claim_id(1)', 'AX011', null, f.sql)
from (values
  ('update accounting.claims set claimant_name = ''X'' where id'),
  ('delete from accounting.claims where id'),
  ('update accounting.claim_lines set text = ''X'' where claim_id'),
  ('delete from accounting.claim_lines where claim_id')
) as f (sql);
select lives_ok(
  $$ update accounting.claims set flagged_at = now(), flagged_reason = 'seen twice' $$,
  'our own marks may change'
);
select lives_ok(
  $$ update accounting.claims set claimant_name = 'X' where id = tests.claim_id(2) $$,
  'a claim that no run holds may be edited'
);

select * from finish();
rollback;
