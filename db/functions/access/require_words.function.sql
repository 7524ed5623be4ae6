-- Evidence and reasons: what an auditor reads later. The trail keeps 500 characters.
create or replace function accounting.require_words (p_words text, p_name text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(p_words !~ '\S', true) then
    raise exception using
      errcode = 'AX017',
      message = p_name || ' is missing',
      hint = 'Say what was seen and where, so that an auditor can follow it.';
  end if;
  if pg_catalog.length(p_words) > 500 then
    raise exception using
      errcode = 'AX017',
      message = p_name || ' is too long',
      detail = pg_catalog.format('%s characters, at most 500', pg_catalog.length(p_words)),
      hint = 'Shorten it, or name the document that holds the rest.';
  end if;
  return pg_catalog.btrim(p_words);
end;
$$;

comment on function accounting.require_words(text, text) is
  'The words without surrounding blanks; raises AX017 if there are none or over 500 characters.';
