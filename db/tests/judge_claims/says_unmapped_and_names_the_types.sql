begin;
select plan(2);

-- given
select tests.organisation(1);
select tests.put_claim(tests.organisation_id(1), 1, '{"total": "30.00", "lines": [
  {"type": "toll", "date": "2026-03-02", "amount": "10.00"},
  {"type": "parking", "date": "2026-03-02", "amount": "10.00"},
  {"type": "ferry", "date": "2026-03-02", "amount": "5.00"},
  {"type": "parking", "date": "2026-03-03", "amount": "5.00"}]}');
-- when, then
select is(
  tests.verdict(tests.organisation_id(1), 1), 'unmapped', 'a type without an account stops a claim'
);
select matches(
  (select detail from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1))),
  ': ferry, parking$',
  'the types that have no account are named, each once, and no other'
);

select * from finish();
rollback;
