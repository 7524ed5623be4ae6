-- Who a driver is: the token's sub, and nothing else, since claims name drivers by it.
create or replace function accounting.require_driver_id ()
  returns text
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select accounting.require_subject();
$$;

comment on function accounting.require_driver_id() is
  'The signed-in driver''s sub; raises AX009 if the token has none.';
