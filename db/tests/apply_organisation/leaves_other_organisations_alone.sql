begin;
select plan(2);

-- given
select tests.organisation(1), tests.organisation(2);
-- when: organisation 1 loses everything
select accounting.apply_organisation(jsonb_build_object('organisation', to_jsonb(o)))
from accounting.organisations as o
where o.id = tests.organisation_id(1);
-- then
select results_eq(
  'select organisation_id from accounting.integrations where is_enabled',
  array[tests.organisation_id(2)], 'the other''s integration is enabled'
);
select results_eq(
  'select distinct organisation_id from accounting.account_mappings',
  array[tests.organisation_id(2)], 'and its mappings are there'
);

select * from finish();
rollback;
