begin;
select plan(3);

-- given: exported before this system kept a trail
select tests.organisation_with_claims(1);
update accounting.claims
set exported_at = '2026-03-03 00:30+01', exported_run_id = '00000000-0000-4000-a000-000000000009';
-- when
create temporary table answer as
  select * from accounting.judge_claims(tests.organisation_id(1), tests.claim_ids(1));
-- then
select is((select verdict from answer), 'already_exported', 'exported_at alone is enough');
select is(
  (select blocking_run_id from answer), '00000000-0000-4000-a000-000000000009',
  'its run is named'
);
select matches(
  (select detail from answer), '^exported by run \S+ at 2026-03-02T23:30:00Z$',
  'and when that was, in UTC'
);

select * from finish();
rollback;
