begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 3);
-- when, then
select results_eq(
  $$
    select reference
    from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(2, 3, 1))
  $$,
  array['T-2', 'T-3', 'T-1'],
  'the verdicts come in the order in which the claims were named'
);

select * from finish();
rollback;
