-- A secret that Supabase Vault keeps under the name of an integration's credential_ref; null where
-- there is no vault, or the owner of this function may not read it. A name that no integration uses
-- is not looked up, so that a dispatcher's login doesn't open the rest of the vault. The vault is
-- looked for when called: it may come and go.
create or replace function accounting.read_vault_secret (p_credential_ref text)
  returns text
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if pg_catalog.to_regclass('vault.decrypted_secrets') is null
    or not exists (
      select from accounting.integrations as i where i.credential_ref = p_credential_ref
    )
  then
    return null;
  end if;
  -- Vault's names are unique.
  return (
    select s.decrypted_secret from vault.decrypted_secrets as s where s.name = p_credential_ref
  );
exception
  when insufficient_privilege or invalid_schema_name then
    return null;
end;
$$;

comment on function accounting.read_vault_secret(text) is
  'The secret of that name in Supabase Vault, for names that an integration uses; null if there is '
  'none, or no vault. For export_dispatcher alone.';
