-- What is wrong with where an expense type is booked, or with what a kind of claim changes of that.
create or replace function accounting.mapping_part_problems (
  p_system text,
  p_place text,
  p_part jsonb,
  p_keys text[]
)
  returns setof text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  with part (value) as (
    select case pg_catalog.jsonb_typeof(p_part) when 'object' then p_part else '{}' end
  )
  select p_place || ' is not an object'
  where pg_catalog.jsonb_typeof(p_part) <> 'object'
  union all
  select pg_catalog.format('%s.%s is not a key: it takes %s', p_place, k.key,
    pg_catalog.array_to_string(p_keys, ', '))
  from part
  cross join lateral pg_catalog.jsonb_object_keys(part.value) as k (key)
  where k.key <> all (p_keys)
  union all
  select pg_catalog.format('%s.%s does not look right', p_place, k.key)
  from part
  cross join lateral pg_catalog.jsonb_each(part.value) as k
  where k.key in ('account', 'tax_code')
    and (k.key = 'account' or k.value <> 'null')
    and (
      pg_catalog.jsonb_typeof(k.value) <> 'string'
      or (k.value #>> '{}') !~ '^[A-Za-z0-9.-]{1,20}$'
      -- A spreadsheet would compute it.
      or (p_system = 'file' and (k.value #>> '{}') ~ '^[.-]')
    )
  union all
  select p_place || '.label takes a text of 1 to 60 characters in one line'
  from part
  where pg_catalog.jsonb_typeof(part.value -> 'label') <> 'null'
    and (
      pg_catalog.jsonb_typeof(part.value -> 'label') <> 'string'
      or not accounting.is_plain_text(part.value ->> 'label', 60)
    )
  union all
  select d.problem
  from part
  cross join lateral accounting.dimension_problems(
    p_system, p_place || '.dimensions', part.value -> 'dimensions'
  ) as d (problem)
  where part.value OPERATOR(pg_catalog.?) 'dimensions';
$$;

comment on function accounting.mapping_part_problems(text, text, jsonb, text[]) is
  'What is wrong with a mapping, or with a part of one, a sentence each.';
