-- The integration that an organisation exports through, or why there is none.
create or replace function accounting.require_integration (p_organisation_id uuid)
  returns accounting.integrations
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_integration accounting.integrations;
begin
  select * into v_integration
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.is_enabled;
  if found then
    return v_integration;
  end if;
  if exists (
    select from accounting.integrations as i where i.organisation_id = p_organisation_id
  ) then
    raise exception using
      errcode = 'AX008',
      message = 'the organisation''s integration is disabled',
      hint = 'Enable it in the organisation''s file, and apply it.';
  end if;
  raise exception using
    errcode = 'AX007',
    message = 'the organisation has no integration',
    hint = 'Add one to the organisation''s file, and apply it.';
end;
$$;

comment on function accounting.require_integration(uuid) is
  'The enabled integration of an organisation; raises AX007 (none) or AX008 (disabled).';
