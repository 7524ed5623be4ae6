-- Whole milliseconds until a point in time; zero once it is past.
create or replace function accounting.ms_until (p_at timestamptz)
  returns integer
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.ceil(
    greatest(extract(epoch from (p_at - accounting.clock())) * 1000, 0)
  )::integer;
$$;

comment on function accounting.ms_until(timestamptz) is
  'Milliseconds until then, at least zero; null for null.';
