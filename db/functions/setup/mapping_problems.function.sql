-- What is wrong with an organisation's mappings, as its file has them. The system is that of its
-- enabled integration, null if there is none: an account that a system can't name is refused when it
-- is written, not when the first claim fails on it.
create or replace function accounting.mapping_problems (p_system text, p_mappings jsonb)
  returns setof text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  with mapping (place, type, value) as (
    select 'mappings.' || m.key, m.key, m.value
    from pg_catalog.jsonb_each(p_mappings) as m
  ),
  kind (place, name, value) as (
    select m.place || '.by_kind.' || k.key, k.key, k.value
    from mapping as m
    cross join lateral pg_catalog.jsonb_each(
      case pg_catalog.jsonb_typeof(m.value -> 'by_kind')
        when 'object' then m.value -> 'by_kind'
        else '{}'
      end
    ) as k
  )
  select m.place || ' is not an expense type: it takes 1 to 40 of a to z, 0 to 9 and _'
  from mapping as m
  where m.type !~ '^[a-z][a-z0-9_]{0,39}$'
  union all
  select m.place || '.account is missing'
  from mapping as m
  where not m.value OPERATOR(pg_catalog.?) 'account'
  union all
  select m.place || '.by_kind is not an object'
  from mapping as m
  where pg_catalog.jsonb_typeof(m.value -> 'by_kind') <> 'object'
  union all
  select p.problem
  from mapping as m
  cross join lateral accounting.mapping_part_problems(
    p_system, m.place, m.value, '{account,tax_code,label,dimensions,by_kind}'
  ) as p (problem)
  union all
  select k.place || ' is not a kind of claim: travel_expense, driver_honorarium'
  from kind as k
  where k.name not in ('travel_expense', 'driver_honorarium')
  union all
  select p.problem
  from kind as k
  cross join lateral accounting.mapping_part_problems(
    p_system, k.place, k.value, '{account,tax_code,label,dimensions}'
  ) as p (problem);
$$;

comment on function accounting.mapping_problems(text, jsonb) is
  'What is wrong with an organisation''s mappings, a sentence each.';
