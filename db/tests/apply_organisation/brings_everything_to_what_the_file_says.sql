begin;
select plan(6);

-- given
select tests.organisation(1);
update accounting.integrations set paused_at = now(), paused_reason = '401 twice';
-- when: renamed, one setting and one account changed, one mapping added and one left out
create temporary table answer as
  select * from accounting.apply_organisation((
    select jsonb_build_object(
      'organisation', to_jsonb(o) || '{"name": "Renamed"}',
      'integrations', jsonb_build_array(to_jsonb(i) || '{"max_attempts": 5}'),
      'mappings', '{"mileage": {"account": "7101"}, "parking": {"account": "7150"}}'::jsonb
    )
    from accounting.organisations as o, accounting.integrations as i
  ));
-- then
select results_eq(
  'select * from answer',
  $$
    values ('organisation Renamed', 'updated'), ('integration business_central', 'updated'),
      ('mappings', '2 written, 1 deleted')
  $$,
  'the answer says what was done'
);
select is((select name from accounting.organisations), 'Renamed', 'the name');
select is((select max_attempts from accounting.integrations), 5, 'the timing');
select results_eq(
  'select expense_type, account from accounting.account_mappings order by 1',
  $$ values ('mileage', '7101'), ('parking', '7150') $$, 'exactly the mappings of the file'
);
select is(
  (select paused_reason from accounting.integrations), '401 twice',
  'applying a file doesn''t resume what was paused'
);
select is(
  (select count(*) from accounting.organisations), 1::bigint, 'no second organisation came about'
);

select * from finish();
rollback;
