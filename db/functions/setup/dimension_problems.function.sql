-- What is wrong with dimensions, code to value: the codes' lengths are those of Business Central's
-- fields (20); Xledger's are not known, so 40 is an assumption. A file takes any name that no spreadsheet
-- computes: the patterns of dispatcher/adapters/file/cells.ts, so that no claim is the first to fail.
create or replace function accounting.dimension_problems (
  p_system text,
  p_place text,
  p_dimensions jsonb
)
  returns setof text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  with dimension (code, value) as (
    select d.key, d.value
    from pg_catalog.jsonb_each(
      case pg_catalog.jsonb_typeof(p_dimensions) when 'object' then p_dimensions else '{}' end
    ) as d
  ),
  allowed (most) as (
    select case p_system when 'business_central' then 20 when 'file' then 30 else 40 end
  )
  select p_place || ' is not a list of codes with their values'
  where pg_catalog.jsonb_typeof(p_dimensions) <> 'object'
  union all
  select pg_catalog.format(
    '%s.%s is not one of Xledger''s: project, subledger, xgl, glObject1 to glObject5',
    p_place, d.code
  )
  from dimension as d
  where p_system = 'xledger'
    and d.code !~ '^(project|subledger|xgl|glObject[1-5])$'
  union all
  select pg_catalog.format('%s.%s is not a code of 1 to %s characters', p_place, d.code, a.most)
  from dimension as d
  cross join allowed as a
  where p_system is distinct from 'xledger'
    and not accounting.is_plain_text(d.code, a.most)
  union all
  select pg_catalog.format('%s.%s takes a text of 1 to %s characters', p_place, d.code, a.most)
  from dimension as d
  cross join allowed as a
  where pg_catalog.jsonb_typeof(d.value) <> 'string'
    or not accounting.is_plain_text(d.value #>> '{}', a.most)
  union all
  select pg_catalog.format(
    '%s.%s does not fit into a file: a letter, then letters, digits, _, - and blanks',
    p_place, d.code
  )
  from dimension as d
  where p_system = 'file'
    and d.code !~ '^[A-Za-zÆØÅæøå][A-Za-z0-9ÆØÅæøå_ -]*$'
  union all
  select pg_catalog.format(
    '%s.%s does not fit into a file: a letter or digit, then also blanks and . _ / & -',
    p_place, d.code
  )
  from dimension as d
  where p_system = 'file'
    and (d.value #>> '{}') !~ '^[A-Za-z0-9ÆØÅæøå][A-Za-z0-9ÆØÅæøå ._/&-]*$';
$$;

comment on function accounting.dimension_problems(text, text, jsonb) is
  'What is wrong with dimensions, a sentence each; the system may be null.';
