begin;
select plan(1);

-- given
select tests.organisation_with_claims(1);
-- when, then
select results_eq(
  $$
    select claim_id, reference, verdict, detail, blocking_run_id
    from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1))
  $$,
  $$ values (tests.claim_id(1), 'T-1', 'exportable', null::text, null::uuid) $$,
  'an approved claim whose types are mapped is exportable, without a detail or a run'
);

select * from finish();
rollback;
