-- The run of a person's act, locked with its claims: of two people at once the second one sees what
-- the first one did. Lock order: runs, claims sorted, reservations sorted.
create or replace function accounting.require_run (p_organisation_id uuid, p_run_id uuid)
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
  for update;
  if not found then
    perform accounting.no_such_run(p_run_id);
  end if;
  perform accounting.lock_claims_of(p_organisation_id, array[p_run_id]);
  return v_run;
end;
$$;

comment on function accounting.require_run(uuid, uuid) is
  'The locked run, its claims locked too; raises AX016.';
