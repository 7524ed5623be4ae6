-- Records what a check found, and lets a paused integration send again if all was good: the very
-- pause and the very set-up that were checked, since a dispatcher may have paused it again, or
-- somebody may have changed it, while the check was reading. Lock order: integration.
create or replace function accounting.record_integration_check (
  p_checked jsonb,
  p_found jsonb
)
  returns boolean
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid := (p_checked ->> 'organisationId')::uuid;
  v_system text := p_checked ->> 'system';
  v_fault_count integer := (p_found ->> 'faultCount')::integer;
  v_integration accounting.integrations;
  v_is_resumed boolean := false;
  v_check_no integer;
begin
  select * into strict v_integration
  from accounting.integrations as i
  where i.organisation_id = v_organisation_id
    and i.system = v_system
  for no key update;
  if v_fault_count = 0
    and (p_found ->> 'mayResume')::boolean
    and v_integration.paused_at = (p_checked ->> 'pausedAt')::timestamptz
    and v_integration.endpoint is not distinct from p_checked ->> 'endpoint'
    and v_integration.credential_ref is not distinct from p_checked ->> 'credentialRef'
    and v_integration.settings = p_checked -> 'settings'
  then
    v_is_resumed := accounting.resume_integration(
      v_organisation_id, v_system, coalesce(p_found ->> 'checkedBy', session_user),
      'a check found nothing wrong'
    );
  end if;

  insert into accounting.integration_checks (
    organisation_id, system, check_no, checked_by, endpoint, is_good, fault_count, shapes,
    resumed_at, ended_pause
  )
  select v_organisation_id, v_system, coalesce(max(c.check_no), 0) + 1,
    coalesce(p_found ->> 'checkedBy', session_user), p_checked ->> 'endpoint',
    v_fault_count = 0, v_fault_count, p_found -> 'shapes',
    case when v_is_resumed then accounting.clock() end,
    case when v_is_resumed then v_integration.paused_reason end
  from accounting.integration_checks as c
  where c.organisation_id = v_organisation_id
    and c.system = v_system
  returning check_no into v_check_no;

  -- Checks may be made every few minutes; who resumed is kept.
  delete from accounting.integration_checks as c
  where c.organisation_id = v_organisation_id
    and c.system = v_system
    and c.check_no <= v_check_no - 50
    and c.resumed_at is null;
  return v_is_resumed;
end;
$$;

comment on function accounting.record_integration_check(jsonb, jsonb) is
  'Records a check of what integration_to_check gave; true: it let the paused integration go on.';
