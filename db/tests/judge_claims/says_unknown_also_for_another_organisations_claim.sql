begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1), tests.organisation(2);
-- when
create temporary table answer as
  select *
  from accounting.judge_claims(tests.organisation_id(2), tests.claim_ids(1, 99));
-- then
select is(
  array(select distinct verdict from answer), '{unknown}', 'both claims are unknown'
);
select is(
  (select count(distinct (reference, verdict, detail, blocking_run_id)) from answer), 1::bigint,
  'another organisation''s claim reads exactly like one that nobody has: no oracle'
);

select * from finish();
rollback;
