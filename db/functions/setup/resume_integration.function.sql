-- A person says that what made the integration pause is mended.
create or replace function accounting.resume_integration (
  p_organisation_id uuid,
  p_system text
)
  returns boolean
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update accounting.integrations as i
  set paused_at = null,
    paused_reason = null
  where i.organisation_id = p_organisation_id
    and i.system = p_system
    and i.paused_at is not null;
  if found then
    perform pg_catalog.pg_notify('accounting_export', '');
    return true;
  end if;
  if exists (
    select from accounting.integrations as i
    where i.organisation_id = p_organisation_id
      and i.system = p_system
  ) then
    return false;
  end if;
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
    detail = p_system,
    hint = 'Name the system as in the organisation''s file.';
end;
$$;

comment on function accounting.resume_integration(uuid, text) is
  'Lets a paused integration send again; false: it was not paused. Raises AX007, AX014.';
