-- The caller's JWT as PostgREST passes it on. The setting is '' after a transaction that set it.
create or replace function accounting.token ()
  returns jsonb
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb
  );
$$;

comment on function accounting.token() is 'The caller''s JWT claims; an empty object without one.';
