begin;
select plan(1);

-- given: an integration with nothing but what has no default
insert into accounting.organisations (id, name, organisation_number, reference_prefix)
values (tests.organisation_id(1), 'Eksempel', '123456785', 'EX');
insert into accounting.integrations
  (organisation_id, system, endpoint, credential_ref, settings)
values (tests.organisation_id(1), 'xledger', 'https://ledger.example', 'eksempel',
  '{"liability_account": "2910"}');
-- when, then
select is(
  to_jsonb(accounting.default_integration(tests.organisation_id(1)))
    - '{system,endpoint,credential_ref,settings}'::text[],
  (
    select to_jsonb(i) - '{system,endpoint,credential_ref,settings}'::text[]
    from accounting.integrations as i
  ),
  'a file that is silent gets what the columns default to'
);

select * from finish();
rollback;
