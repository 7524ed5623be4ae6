begin;
select plan(3);

-- given
select tests.organisation_with_claims(1);
create temporary table run as select tests.request(tests.organisation_id(1), 1) as id;
select tests.record(tests.organisation_id(1), id, tests.start(tests.organisation_id(1), id),
  'accepted', '{1}') from run;
-- when
create temporary table answer as
  select * from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1));
-- then
select is((select verdict from answer), 'already_exported', 'a delivered claim is exported');
select is(
  (select blocking_run_id from answer), (select id from run), 'the run that delivered it is named'
);
select matches(
  (select detail from answer), (select id::text from run), 'and stands in the detail too'
);

select * from finish();
rollback;
