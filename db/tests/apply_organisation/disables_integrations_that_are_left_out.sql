begin;
select plan(4);

-- given
select tests.organisation(1, 'business_central');
-- when: the file names another system
select tests.organisation(1, 'xledger');
-- then
select results_eq(
  'select system, is_enabled from accounting.integrations order by system',
  $$ values ('business_central', false), ('xledger', true) $$,
  'the old one is disabled and still there: its runs have to be asked about'
);
-- when: back again
select tests.organisation(1, 'business_central');
-- then
select results_eq(
  'select system, is_enabled from accounting.integrations order by system',
  $$ values ('business_central', true), ('xledger', false) $$,
  'exchanging them never has two enabled at once'
);
-- when, then: none at all
select results_eq(
  $$
    select object, result
    from accounting.apply_organisation((
      select jsonb_build_object('organisation', to_jsonb(o)) from accounting.organisations as o
    ))
    where object like 'integration%'
  $$,
  $$ values ('integration business_central', 'disabled') $$, 'the answer tells'
);
select is_empty('select from accounting.integrations where is_enabled', 'nothing is enabled');

select * from finish();
rollback;
