-- service_role, or a person at the database without a token. Such a caller sees every organisation
-- and must name the one that it acts for. The `role` setting is what SET ROLE chose, also inside a
-- security definer function; a token can't claim it.
create or replace function accounting.is_trusted_caller ()
  returns boolean
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select case coalesce(nullif(pg_catalog.current_setting('role'), 'none'), session_user::text)
    when 'service_role' then true
    when 'authenticated' then false
    when 'anon' then false
    else accounting.token() = '{}'::jsonb or accounting.token() ->> 'role' = 'service_role'
  end;
$$;

comment on function accounting.is_trusted_caller() is
  'Whether the caller is service_role or the database''s owner: acts for any organisation it names.';
