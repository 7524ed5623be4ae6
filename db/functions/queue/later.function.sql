-- A point in time so many milliseconds after another.
create or replace function accounting.later (p_at timestamptz, p_ms double precision)
  returns timestamptz
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select p_at + p_ms * interval '1 millisecond';
$$;

comment on function accounting.later(timestamptz, double precision) is
  'p_at and so many milliseconds.';
