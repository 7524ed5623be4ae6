-- Called by a policy: the table of roles, row "read flags".
-- Security definer: whoever is checked by a policy can't name what this calls.
create or replace function accounting.can_read_flags ()
  returns boolean
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    accounting.token_app_role() in ('app', 'coordinator', 'driver', 'organisation_admin'),
    false
  );
$$;

comment on function accounting.can_read_flags() is
  'Whether the caller''s application role may read what the organisation has switched on.';
