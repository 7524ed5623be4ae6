begin;
select plan(3);

-- given
select tests.organisation(1);
select tests.put_claim(tests.organisation_id(1), 1, '{"state": "withdrawn"}');
select tests.put_claim(tests.organisation_id(1), 2);
update accounting.claims set state = 'draft' where reference = 'T-2';
-- when, then
select is(
  tests.verdict(tests.organisation_id(1), 1), 'not_approved', 'a withdrawn claim is not exported'
);
select is(tests.verdict(tests.organisation_id(1), 2), 'not_approved', 'nor is a draft');
select matches(
  (select detail from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(2))),
  'draft',
  'the detail tells the state'
);

select * from finish();
rollback;
