-- Replaces placeholders by their values, from left to right and once: what looks like a placeholder in
-- a value stays as it is. One that has no value stays too.
create or replace function accounting.fill_in (p_body text, p_values jsonb)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    pg_catalog.string_agg(
      case
        when part.found[1] ~ '^\{\{[a-z_]+\}\}$'
          then coalesce(p_values ->> pg_catalog.btrim(part.found[1], '{}'), part.found[1])
        else part.found[1]
      end,
      '' order by part.place
    ),
    ''
  )
  from pg_catalog.regexp_matches(p_body, '(\{\{[a-z_]+\}\}|\{|[^{]+)', 'g')
    with ordinality as part (found, place);
$$;

comment on function accounting.fill_in(text, jsonb) is
  'The text with its placeholders replaced, in one pass.';
