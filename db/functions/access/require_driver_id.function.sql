-- Who a driver is: the token's sub, and nothing else, since claims name drivers by it.
create or replace function accounting.require_driver_id ()
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_subject text := accounting.token() ->> 'sub';
begin
  if coalesce(v_subject !~ '\S', true) or pg_catalog.length(v_subject) > 200 then
    raise exception using
      errcode = 'AX009',
      message = 'this role may not do that',
      detail = 'The token has no sub, which says who the driver is.',
      hint = 'Sign in as a driver.';
  end if;
  return v_subject;
end;
$$;

comment on function accounting.require_driver_id() is
  'The signed-in driver''s sub; raises AX009 if the token has none.';
