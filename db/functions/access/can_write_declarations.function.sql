-- Called by policies: the table of roles, row "templates, signing off, flags".
-- Security definer: whoever is checked by a policy can't name what this calls.
create or replace function accounting.can_write_declarations ()
  returns boolean
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(accounting.token_app_role() = 'organisation_admin', false);
$$;

comment on function accounting.can_write_declarations() is
  'Whether the caller''s application role may write, sign off and publish declarations.';
