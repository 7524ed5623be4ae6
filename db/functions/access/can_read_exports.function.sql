-- Called by every policy: the table of roles, row "read status, claims, trail, attention".
-- Security definer: whoever is checked by a policy can't name what this calls.
create or replace function accounting.can_read_exports ()
  returns boolean
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    accounting.token_app_role() in ('app', 'coordinator', 'auditor', 'organisation_admin'),
    false
  );
$$;

comment on function accounting.can_read_exports() is
  'Whether the caller''s application role may read export status and trail.';
