begin;
select plan(7);

-- given: a vault with three secrets, of which an integration uses one
select tests.organisation_with_claims(1);
create schema vault;
create table vault.decrypted_secrets (name text, decrypted_secret text);
insert into vault.decrypted_secrets
select i.credential_ref, '{"token":"t"}' from accounting.integrations as i limit 1;
insert into vault.decrypted_secrets values ('jwt-secret', 'x'), (null, 'y');
create temporary table used as select i.credential_ref as name from accounting.integrations as i limit 1;
grant select on used to export_dispatcher;
-- when, then
select is(accounting.read_vault_secret(used.name), '{"token":"t"}', 'its secret') from used;
select is(accounting.read_vault_secret('jwt-secret'), null, 'one that no integration uses');
select is(accounting.read_vault_secret('nothing'), null, 'one that isn''t there');
set local role export_dispatcher;
select is(
  accounting.read_vault_secret(used.name), '{"token":"t"}', 'a dispatcher may read it'
) from used;
select throws_ok('select * from vault.decrypted_secrets', '42501', null, 'but not the vault');
reset role;
select is(
  array(
    select r.rolname::text from pg_catalog.pg_roles as r
    where r.rolname in ('anon', 'authenticated', 'service_role', 'export_dispatcher')
      and has_function_privilege(r.rolname, 'accounting.read_vault_secret(text)', 'execute')
  ),
  '{export_dispatcher}',
  'nobody else may ask'
);
delete from vault.decrypted_secrets;
select is(accounting.read_vault_secret(used.name), null, 'an empty vault is no error') from used;

select * from finish();
rollback;
