-- Who acts, for the trail: the token's sub, or the database role of a caller without a token.
create or replace function accounting.token_subject ()
  returns text
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    nullif(accounting.token() ->> 'sub', ''),
    nullif(pg_catalog.current_setting('role'), 'none'),
    session_user::text
  );
$$;

comment on function accounting.token_subject() is
  'Who acts: the token''s sub, or the database role.';
