-- In a sentence, what follows a word such as token and looks like one.
-- The same patterns stand in dispatcher/secret-patterns.ts: change both.
create or replace function accounting.mask_sentences (p_text text)
  returns text
  language plpgsql
  immutable
  parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_text text := p_text;
  v_quote constant text := accounting.secret_pattern('quote');
  v_names constant text := accounting.secret_pattern('names');
  v_innocent constant text := accounting.secret_pattern('innocent');
  v_sign constant text := accounting.secret_pattern('sign');
begin
  v_text := pg_catalog.regexp_replace(
    v_text,
    '('
    || v_names
    || '(?:s|et|en)?(?:[ \t\r\n]+(?:is|was|er|var|value|verdi|provided|supplied|given|sent|use'
    'd|oppgitt))*:?[ \t\r\n]+'
    || v_quote
    || '?)'
    || v_innocent
    || '(?=[^ \t\r\n"'']{6})(?=[^0-9 \t\r\n"'']*[0-9])(?=[^a-z \t\r\n"'']*[a-z])'
    || v_sign
    || '+(?<![:.!?])',
    '\1[masked]', 'gi'
  );
  v_text := pg_catalog.regexp_replace(
    v_text,
    '((?:passw(?:or)?d|passord|passphrase|secret|hemmelighet|identified[ \t\r\n]+by)'
    '[ \t\r\n]+(?:(?:is|was|er|var|value|by)[ \t\r\n]+)?)'
    || v_innocent
    || '(?:"[^" \t\r\n]+"|''[^'' \t\r\n]+''|“[^”]+”|«[^»]+»)',
    '\1[masked]', 'gi'
  );
  return v_text;
end;
$$;

comment on function accounting.mask_sentences(text) is
  'In a sentence, what follows a word such as token and looks like one.';
