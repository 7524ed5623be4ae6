begin;
select plan(4);

-- given
create temporary table file as
  select '{
    "organisation": {"id": "00000000-0000-4000-8000-000000000001", "name": "Eksempel",
      "organisation_number": "123456785", "reference_prefix": "EX"},
    "integrations": [{"system": "xledger", "endpoint": "https://ledger.example/graphql",
      "credential_ref": "eksempel", "settings": {"liability_account": "2910"},
      "max_concurrency": 4}],
    "mappings": {"toll": {"account": "7140", "tax_code": "1", "dimensions": {"project": "1"}},
      "mileage": {"account": "7100"}}
  }'::jsonb as content;
-- when, then
select results_eq(
  'select a.* from file, accounting.apply_organisation(content) as a',
  $$
    values ('organisation Eksempel', 'created'), ('integration xledger', 'created'),
      ('mappings', '2 written, 0 deleted')
  $$,
  'each object is created'
);
select results_eq(
  'select name, organisation_number, reference_prefix from accounting.organisations',
  $$ values ('Eksempel', '123456785', 'EX') $$, 'the organisation is there'
);
select results_eq(
  $$
    select system, endpoint, credential_ref, settings::text, is_enabled, max_concurrency
    from accounting.integrations
  $$,
  $$
    values ('xledger', 'https://ledger.example/graphql', 'eksempel',
      '{"liability_account": "2910"}', true, 4)
  $$,
  'so is its integration'
);
select results_eq(
  $$
    select expense_type, account, tax_code, dimensions::text from accounting.account_mappings
    order by expense_type
  $$,
  $$ values ('mileage', '7100', null, '{}'), ('toll', '7140', '1', '{"project": "1"}') $$,
  'and its mappings'
);

select * from finish();
rollback;
