begin;
select plan(2);

-- given
select tests.organisation_with_claims(1);
update accounting.claims set flagged_at = now(), flagged_reason = 'seen twice in the ledger';
-- when, then
select is(tests.verdict(tests.organisation_id(1), 1), 'flagged', 'a flagged claim is not exported');
select is(
  (select detail from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1))),
  'seen twice in the ledger',
  'the detail is the reason of the flag'
);

select * from finish();
rollback;
