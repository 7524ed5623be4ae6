-- The organisation itself.
create or replace function accounting.apply_organisation_row (p_organisation jsonb)
  returns table (object text, result text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_old accounting.organisations;
  v_new accounting.organisations;
begin
  v_new := pg_catalog.jsonb_populate_record(null::accounting.organisations, p_organisation);
  if v_new.id is null then
    raise exception using
      errcode = 'invalid_parameter_value',
      message = 'organisation.id is missing';
  end if;
  select * into v_old from accounting.organisations as o where o.id = v_new.id;
  -- Left out, it is the default, whatever it was before.
  v_new.retention_months := coalesce(v_new.retention_months, 72);
  insert into accounting.organisations
    (id, name, organisation_number, reference_prefix, retention_months)
  values (
    v_new.id, v_new.name, v_new.organisation_number, v_new.reference_prefix, v_new.retention_months
  )
  on conflict (id) do update
  set name = excluded.name,
    organisation_number = excluded.organisation_number,
    reference_prefix = excluded.reference_prefix,
    retention_months = excluded.retention_months,
    updated_at = accounting.clock()
  where (organisations.name, organisations.organisation_number, organisations.reference_prefix,
      organisations.retention_months)
    is distinct from (excluded.name, excluded.organisation_number, excluded.reference_prefix,
      excluded.retention_months);
  return query
    select 'organisation ' || v_new.name,
      case when v_old.id is null then 'created' when found then 'updated' else 'unchanged' end;
end;
$$;

comment on function accounting.apply_organisation_row(jsonb) is 'Part of apply_organisation.';
