-- What stands for a driver who was erased: erased- and the erasure's id.
create or replace function accounting.is_erasures_id (p_driver_id text)
  returns boolean
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select p_driver_id like 'erased-%'
    and accounting.is_uuid(pg_catalog.substr(p_driver_id, 8));
$$;

comment on function accounting.is_erasures_id(text) is
  'Whether a driver''s id is that of an erasure.';
