-- The planner's estimate of how many rows a query has is made of statistics over every organisation's rows.
-- PostgREST tells it to whoever prefers count=planned or count=estimated, and has no setting that refuses
-- (tried: with 7 runs beside another organisation's 5,000 it told 1,254, and filtered by the name of
-- somebody over there, 417). So the policies call this. It is said to be immutable, for then it is
-- evaluated when a statement is planned: an EXPLAIN always is, and never runs what it explains.
create or replace function accounting.keep_estimates ()
  returns boolean
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(pg_catalog.current_setting('request.path', true), '') <> ''
    and pg_catalog.current_query() ~* '^\s*explain\M'
  then
    raise exception using
      errcode = 'insufficient_privilege',
      message = 'estimated counts and plans are not given: they tell of other organisations'' rows',
      hint = 'Ask for count=exact.';
  end if;
  return true;
end;
$$;

comment on function accounting.keep_estimates() is
  'True; raises 42501 where PostgREST asks the planner for an estimate.';
