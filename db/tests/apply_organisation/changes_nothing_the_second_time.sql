begin;
select plan(3);

-- given
create temporary table file as
  select '{
    "organisation": {"id": "00000000-0000-4000-8000-000000000001", "name": "Eksempel",
      "organisation_number": "123456785", "reference_prefix": "EX"},
    "integrations": [{"system": "xledger", "endpoint": "https://ledger.example/graphql",
      "credential_ref": "eksempel", "settings": {"liability_account": "2910"}}],
    "mappings": {"toll": {"account": "7140", "tax_code": "1", "dimensions": {"project": "1"}}}
  }'::jsonb as content;
select accounting.apply_organisation(content) from file;
create temporary table stored as
  select o.xmin::text as o, i.xmin::text as i, m.ctid::text as m, o.ctid::text as oc,
    i.ctid::text as ic
  from accounting.organisations as o, accounting.integrations as i,
    accounting.account_mappings as m;
-- when: time has passed
select tests.move_clock('1 hour');
-- then
select results_eq(
  'select a.result from file, accounting.apply_organisation(content) as a',
  array['unchanged', 'unchanged', 'unchanged'], 'the same file again changes nothing'
);
select results_eq(
  $$
    select o.xmin::text, i.xmin::text, m.ctid::text, o.ctid::text, i.ctid::text
    from accounting.organisations as o, accounting.integrations as i,
      accounting.account_mappings as m
  $$,
  'select * from stored', 'no row was even written'
);
-- when, then
update accounting.integrations set paused_at = now(), paused_reason = '401 twice';
select results_eq(
  'select a.result from file, accounting.apply_organisation(content) as a',
  array['unchanged', 'unchanged', 'unchanged'], 'a pause is no difference from the file'
);

select * from finish();
rollback;
