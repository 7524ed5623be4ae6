-- One and the same answer for a run that there isn't and for another organisation's.
create or replace function accounting.no_such_run (p_run_id uuid)
  returns void
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'AX016',
    message = 'there is no such run',
    detail = coalesce(p_run_id::text, 'null'),
    hint = 'api.export_status lists the runs.';
end;
$$;

comment on function accounting.no_such_run(uuid) is 'Raises AX016.';
