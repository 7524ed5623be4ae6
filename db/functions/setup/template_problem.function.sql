-- What is wrong with a template of a text, such as "{type} {date} {reference}"; null: nothing. A
-- placeholder that nothing fills would be found out with the first claim: so it is refused here.
create or replace function accounting.template_problem (
  p_template jsonb,
  p_placeholders text[]
)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  with template (text) as (
    select p_template #>> '{}'
  ),
  used (placeholder) as (
    select m[1]
    from template
    cross join lateral pg_catalog.regexp_matches(template.text, '\{([^{}]*)\}', 'g') as m
  )
  select case
    when pg_catalog.jsonb_typeof(p_template) <> 'string' then 'is not a text'
    when not accounting.is_plain_text(template.text, 200) then
      'is not a text of 1 to 200 characters in one line'
    when exists (select from used where used.placeholder <> all (p_placeholders)) then
      pg_catalog.format(
        'has no placeholder {%s}: it takes {%s}',
        (select min(used.placeholder) from used where used.placeholder <> all (p_placeholders)),
        pg_catalog.array_to_string(p_placeholders, '}, {')
      )
    when pg_catalog.regexp_replace(template.text, '\{[^{}]*\}', '', 'g') ~ '[{}]' then
      'has a brace that is part of no placeholder'
  end
  from template;
$$;

comment on function accounting.template_problem(jsonb, text[]) is
  'What is wrong with the template of a text, in words; null: nothing.';
