-- A run that waits with its file for an import is over once a person has voided all that is in it.
create or replace function accounting.end_empty_file (p_run accounting.export_requests)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count record;
begin
  if p_run.state is distinct from 'produced' then
    return;
  end if;
  select * into strict v_count
  from accounting.count_reservations(p_run.organisation_id, p_run.run_id);
  if v_count.delivered_count = 0 then
    perform accounting.end_run(p_run, 'cancelled');
  end if;
end;
$$;

comment on function accounting.end_empty_file(accounting.export_requests) is
  'Ends a produced run as cancelled if none of its claims is left.';
