-- The role within the application: app, coordinator, driver, auditor, organisation_admin.
create or replace function accounting.token_app_role ()
  returns text
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    accounting.token() ->> 'app_role',
    accounting.token() -> 'app_metadata' ->> 'app_role'
  );
$$;

comment on function accounting.token_app_role() is
  'The caller''s role in the application, from the top level or app_metadata of the token.';
