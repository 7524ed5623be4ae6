-- Somebody says, or a check has seen, that what made the integration pause is mended. Who and why is
-- kept with the pause that it ended. Lock order: integration.
drop function if exists accounting.resume_integration(uuid, text);
create or replace function accounting.resume_integration (
  p_organisation_id uuid,
  p_system text,
  p_resumed_by text default session_user,
  p_evidence text default null
)
  returns boolean
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_paused accounting.integrations;
begin
  select * into v_paused
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.system = p_system
  for no key update;
  if not found then
    if not exists (select from accounting.organisations where id = p_organisation_id) then
      raise exception using
        errcode = 'AX014',
        message = 'there is no such organisation',
        detail = p_organisation_id::text,
        hint = 'Load it with: npm run organisation -- apply FILE.';
    end if;
    raise exception using
      errcode = 'AX007',
      message = 'the organisation has no such integration',
      detail = coalesce(pg_catalog.left(p_system, 40), 'null'),
      hint = 'Name the system as in the organisation''s file.';
  end if;

  update accounting.integrations as i
  set paused_at = null,
    paused_reason = null
  where i.organisation_id = p_organisation_id
    and i.system = p_system
    and i.paused_at is not null;
  if not found then
    return false;
  end if;
  insert into accounting.integration_resumptions (
    organisation_id, system, resumption_no, paused_at, paused_reason, resumed_by, evidence
  )
  select p_organisation_id, p_system, coalesce(max(r.resumption_no), 0) + 1,
    v_paused.paused_at, v_paused.paused_reason, p_resumed_by, p_evidence
  from accounting.integration_resumptions as r
  where r.organisation_id = p_organisation_id
    and r.system = p_system;
  perform pg_catalog.pg_notify('accounting_export', '');
  return true;
end;
$$;

comment on function accounting.resume_integration(uuid, text, text, text) is
  'Lets a paused integration send again, and keeps who said so and why; false: it was not paused. '
  'Raises AX007, AX014.';
