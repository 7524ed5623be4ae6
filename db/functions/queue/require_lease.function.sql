-- Locks a run and makes sure that the caller still carries it, in one of these states (null: any).
create or replace function accounting.require_lease (
  p_organisation_id uuid,
  p_run_id uuid,
  p_lease_id uuid,
  p_states text[]
)
  returns accounting.export_requests
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests;
begin
  select * into v_run
  from accounting.export_requests as e
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id
    and e.lease_id = p_lease_id
    and (p_states is null or e.state = any (p_states))
  for update;
  if not found or v_run.lease_expires_at <= accounting.clock() then
    perform accounting.raise_stale_lease(p_run_id, p_lease_id);
  end if;
  return v_run;
end;
$$;

comment on function accounting.require_lease(uuid, uuid, uuid, text[]) is
  'The locked run, if the lease still holds and the run is in one of the states; else AX020.';
