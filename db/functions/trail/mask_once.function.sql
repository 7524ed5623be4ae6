-- One round of accounting.sanitise_error: all patterns, one line, cut.
create or replace function accounting.mask_once (p_text text)
  returns text
  language plpgsql
  immutable
  parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_text text := p_text;
begin
  v_text := accounting.mask_addresses(v_text);
  v_text := accounting.mask_headers(v_text);
  v_text := accounting.mask_named_values(v_text);
  v_text := accounting.mask_commands(v_text);
  v_text := accounting.mask_sentences(v_text);
  v_text := accounting.mask_secret_forms(v_text);
  v_text := accounting.mask_personal_data(v_text);
  -- One line; blanks that somebody wrote on it stay.
  v_text := pg_catalog.regexp_replace(
    v_text, '^[ \t\r\n]*[\t\r\n][ \t\r\n]*|[ \t\r\n]*[\t\r\n][ \t\r\n]*$', '', 'g'
  );
  v_text := pg_catalog.regexp_replace(v_text, ' *[\t\r\n][ \t\r\n]*', ' ', 'g');
  if pg_catalog.length(v_text) > 500 then
    -- No half of a mask: it would be masked again.
    v_text := pg_catalog.regexp_replace(pg_catalog.left(v_text, 499), '\[[a-z-]*$', '') || '…';
  end if;
  return v_text;
end;
$$;

comment on function accounting.mask_once(text) is
  'One round of sanitise_error: all patterns, one line, cut to 500 characters.';
