-- A name may come from anywhere: in a text that is consented to, what nobody sees becomes a blank.
create or replace function accounting.one_line (p_text text)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.btrim(pg_catalog.regexp_replace(
    p_text, '(\s|' || accounting.hidden_characters() || ')+', ' ', 'g'
  ));
$$;

comment on function accounting.one_line(text) is
  'The text on one line, without characters that nobody sees.';
