-- What check-integration holds against the accounting system: an integration as it is set up now, and
-- what was seen at the last check. An organisation is named by its id, number, prefix or name; its
-- enabled integration is meant unless a system is named, or the only one.
create or replace function accounting.integration_to_check (
  p_organisation text,
  p_system text default null
)
  returns jsonb
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation accounting.organisations := accounting.named_organisation(p_organisation);
  v_integration accounting.integrations;
begin
  select i.* into v_integration
  from accounting.integrations as i
  where i.organisation_id = v_organisation.id
    and (i.system = p_system or p_system is null)
  order by i.is_enabled desc, i.updated_at desc, i.system
  limit 1;
  if not found then
    raise exception using
      errcode = 'AX007',
      message = 'the organisation has no such integration',
      detail = pg_catalog.concat_ws(', ', v_organisation.name, p_system),
      hint = 'A system is one of those in the organisation''s file.';
  end if;
  return pg_catalog.jsonb_build_object(
    'organisationId', v_organisation.id,
    'organisation', v_organisation.name,
    'system', v_integration.system,
    'endpoint', v_integration.endpoint,
    'credentialRef', v_integration.credential_ref,
    'settings', v_integration.settings,
    'isEnabled', v_integration.is_enabled,
    'pausedAt', v_integration.paused_at,
    'pausedReason', v_integration.paused_reason,
    'mappings', (
      select coalesce(
        pg_catalog.jsonb_object_agg(
          m.expense_type,
          pg_catalog.jsonb_build_object(
            'account', m.account, 'tax_code', m.tax_code, 'dimensions', m.dimensions
          )
          || case
            when m.label is null then '{}'
            else pg_catalog.jsonb_build_object('label', m.label)
          end
          || case
            when m.by_kind = '{}' then '{}'
            else pg_catalog.jsonb_build_object('by_kind', m.by_kind)
          end
        ),
        '{}'::jsonb
      )
      from accounting.account_mappings as m
      where m.organisation_id = v_organisation.id
    ),
    'lastCheck', (
      select pg_catalog.jsonb_build_object(
        'checkedAt', c.checked_at, 'endpoint', c.endpoint, 'shapes', c.shapes
      )
      from accounting.integration_checks as c
      where c.organisation_id = v_organisation.id
        and c.system = v_integration.system
      order by c.check_no desc
      limit 1
    )
  );
end;
$$;

comment on function accounting.integration_to_check(text, text) is
  'An integration as it is set up, with its mappings and its last check. Raises AX007, AX014.';
