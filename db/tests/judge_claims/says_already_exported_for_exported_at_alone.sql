begin;
select plan(2);

-- given: exported before this system kept a trail
select tests.organisation_with_claims(1);
update accounting.claims
set exported_at = now(), exported_run_id = '00000000-0000-4000-a000-000000000009';
-- when
create temporary table answer as
  select * from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1));
-- then
select is((select verdict from answer), 'already_exported', 'exported_at alone is enough');
select is(
  (select blocking_run_id from answer), '00000000-0000-4000-a000-000000000009',
  'its run is named'
);

select * from finish();
rollback;
