begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 2);
create temporary table run as select tests.request(tests.organisation_id(1), 1) as id;
-- when
create temporary table answer as
  select * from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1, 2));
-- then
select is(
  (select verdict from answer where reference = 'T-1'), 'in_flight',
  'a claim that a run holds is in flight'
);
select is(
  (select blocking_run_id from answer where reference = 'T-1'), (select id from run),
  'the run that holds it is named'
);
select is(
  (select verdict from answer where reference = 'T-2'), 'exportable',
  'a claim beside it is not touched by that'
);

select * from finish();
rollback;
