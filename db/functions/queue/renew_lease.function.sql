-- A dispatcher that is still at work asks for more time.
create or replace function accounting.renew_lease (
  p_organisation_id uuid,
  p_run_id uuid,
  p_lease_id uuid
)
  returns integer
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests;
  v_lease_ms integer;
begin
  v_run := accounting.require_lease(p_organisation_id, p_run_id, p_lease_id, null);
  select i.lease_ms into strict v_lease_ms
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.system = v_run.system;
  update accounting.export_requests as e
  set lease_expires_at = accounting.later(accounting.clock(), v_lease_ms)
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id
    and e.lease_id = p_lease_id;
  return v_lease_ms;
end;
$$;

comment on function accounting.renew_lease(uuid, uuid, uuid) is
  'Extends a lease that still holds, and returns its length in milliseconds; else AX020.';
