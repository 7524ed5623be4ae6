-- Raises AX010 with all that is wrong with mappings, as the enabled integration's system has it.
create or replace function accounting.refuse_mappings (p_organisation_id uuid, p_mappings jsonb)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_integration accounting.integrations;
  v_problems text;
begin
  select * into v_integration
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.is_enabled;

  select pg_catalog.string_agg(p.problem, '; ' order by p.problem) into v_problems
  from (
    select m.problem
    from accounting.mapping_problems(v_integration.system, p_mappings) as m (problem)
    union all
    -- The first mapper would pass over them, and book elsewhere than the file says.
    select pg_catalog.format('mappings.%s: label and by_kind need the mapper %s/2',
      m.key, v_integration.system)
    from pg_catalog.jsonb_each(p_mappings) as m
    where v_integration.settings ->> 'mapper' in ('business_central/1', 'xledger/1')
      and (m.value ->> 'label' is not null or m.value -> 'by_kind' <> '{}')
  ) as p;
  if v_problems is not null then
    raise exception using
      errcode = 'AX010',
      message = 'the organisation''s mappings are not valid',
      detail = v_problems,
      hint = 'docs/organisation-file.md describes every key. Nothing was changed.';
  end if;
end;
$$;

comment on function accounting.refuse_mappings(uuid, jsonb) is
  'Raises AX010 if the mappings are not valid; the detail names each problem.';
