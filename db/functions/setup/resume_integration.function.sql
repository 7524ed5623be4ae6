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
  return false;
end;
$$;

comment on function accounting.resume_integration(uuid, text) is
  'Lets a paused integration send again; false: it was not paused.';
