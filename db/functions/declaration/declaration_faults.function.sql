-- What keeps a text from being a declaration, line by line, for whoever has it in a file. By the
-- functions that drafts are checked with: their patterns never reach over a line's end.
create or replace function accounting.declaration_faults (p_body text)
  returns table (line_no integer, fault text, is_printable boolean)
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  with lines as (
    select l.place::integer as line_no, l.text
    from pg_catalog.string_to_table(p_body, E'\n') with ordinality as l (text, place)
  ),
  faults as (
    -- Of the whole text: empty, too long. What a line has is told of the line.
    select null::integer as line_no, accounting.declaration_text_problem(p_body) as fault,
      true as is_printable
    where not exists (
      select
      from lines
      where lines.text ~ '\S'
        and accounting.declaration_text_problem(lines.text) is not null
    )
    union all
    select lines.line_no, accounting.declaration_text_problem(lines.text) || coalesce(
        ' (' || hidden.named || ')', ''
      ),
      hidden.named is null
    from lines
    -- A letter and one character are no HTML, so what is wrong with them is the character.
    cross join lateral (
      select pg_catalog.string_agg(distinct 'U+' || pg_catalog.lpad(
        pg_catalog.upper(pg_catalog.to_hex(pg_catalog.ascii(c.character))), 4, '0'
      ), ', ') as named
      from pg_catalog.regexp_split_to_table(lines.text, '') as c (character)
      where accounting.declaration_text_problem(lines.text) is not null
        and accounting.declaration_text_problem('x' || c.character) is not null
    ) as hidden
    where lines.text ~ '\S'
    union all
    select lines.line_no,
      'the placeholder is not known, or has no end or beginning: ' || p.problem, true
    from lines
    cross join lateral pg_catalog.unnest(accounting.unknown_placeholders(lines.text)) as p (problem)
  )
  select faults.line_no, faults.fault, faults.is_printable
  from faults
  where faults.fault is not null
  order by faults.line_no nulls first, faults.fault;
$$;

comment on function accounting.declaration_faults(text) is
  'What is wrong with a text, with the number of its line; null: of the whole text. is_printable: '
  'no hidden character is in that line.';
