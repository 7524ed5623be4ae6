-- A text for a page: everything escaped, an empty line parts paragraphs, other line ends are breaks.
-- No value of a placeholder can become markup, for they are in the text before it is escaped.
create or replace function accounting.as_html (p_text text)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.string_agg(
    '<p>' || pg_catalog.replace(paragraph.text, E'\n', '<br>') || '</p>', E'\n'
    order by paragraph.place
  )
  from pg_catalog.regexp_split_to_table(
    pg_catalog.btrim(
      pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
        pg_catalog.replace(p_text, '&', '&amp;'),
        '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;'),
      E' \n'
    ),
    '\n[ \n]*\n'
  ) with ordinality as paragraph (text, place);
$$;

comment on function accounting.as_html(text) is
  'A text as HTML: escaped, with paragraphs and line breaks and nothing else.';
