-- What is wrong with the settings that every mapper reads: texts, dimensions, and what is different
-- for a kind of claim. Placeholders: the lists in dispatcher/adapters/texts.ts are the same.
create or replace function accounting.mapping_settings_problems (p_system text, p_settings jsonb)
  returns setof text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  with template (key, placeholders) as (
    values
      ('line_text',
        '{type,date,quantity,text,reference,claimant_name,kind,organisation}'::text[]),
      ('liability_text', '{reference,claimant_name,kind,organisation}')
  ),
  kind (place, name, value) as (
    select 'kinds.' || k.key, k.key,
      case pg_catalog.jsonb_typeof(k.value) when 'object' then k.value else '{}' end
    from pg_catalog.jsonb_each(
      case pg_catalog.jsonb_typeof(p_settings -> 'kinds')
        when 'object' then p_settings -> 'kinds'
        else '{}'
      end
    ) as k
  )
  select pg_catalog.format('%s %s', t.key, p.problem)
  from template as t
  cross join lateral accounting.template_problem(p_settings -> t.key, t.placeholders)
    as p (problem)
  where p.problem is not null
  union all
  select d.problem
  from pg_catalog.unnest('{line_dimensions,liability_dimensions}'::text[]) as k (key)
  cross join lateral accounting.dimension_problems(p_system, k.key, p_settings -> k.key)
    as d (problem)
  union all
  select 'kinds is not an object'
  where pg_catalog.jsonb_typeof(p_settings -> 'kinds') <> 'object'
  union all
  select k.place || ' is not a kind of claim: travel_expense, driver_honorarium'
  from kind as k
  where k.name not in ('travel_expense', 'driver_honorarium')
  union all
  select k.place || ' takes label and liability_account'
  from kind as k
  where k.value = '{}'
    or k.value - '{label,liability_account}'::text[] <> '{}'
  union all
  select pg_catalog.format('%s.%s does not look right', k.place, part.key)
  from kind as k
  cross join lateral pg_catalog.jsonb_each(k.value) as part
  where pg_catalog.jsonb_typeof(part.value) <> 'string'
    or not case part.key
      when 'liability_account' then (part.value #>> '{}') ~ '^[A-Za-z0-9.-]{1,20}$'
        and (p_system is distinct from 'file' or (part.value #>> '{}') !~ '^[.-]')
      else accounting.is_plain_text(part.value #>> '{}', 60)
    end
  union all
  select pg_catalog.format('%s needs the mapper %s/2', s.key, p_system)
  from pg_catalog.jsonb_object_keys(p_settings) as s (key)
  where s.key = any (accounting.mapping_settings())
    and p_settings ->> 'mapper' = p_system || '/1'
    and p_system in ('business_central', 'xledger');
$$;

comment on function accounting.mapping_settings_problems(text, jsonb) is
  'What is wrong with the settings that every mapper reads, a sentence each.';
