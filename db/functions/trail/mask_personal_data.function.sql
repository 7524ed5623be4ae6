-- E-mail addresses, Norwegian identity, bank account and telephone numbers.
-- The same patterns stand in dispatcher/secret-patterns.ts: change both.
create or replace function accounting.mask_personal_data (p_text text)
  returns text
  language plpgsql
  immutable
  parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_text text := p_text;
begin
  v_text := pg_catalog.regexp_replace(
    v_text,
    '[^ \t\r\n@"''<>()\[\]{},;:=&?/\\|]+@[^ \t\r\n@"''<>()\[\]{},;:=&?/\\|.]+(?:\.[^ \t\r\n'
    '@"''<>()\[\]{},;:=&?/\\|.]+)+',
    '[e-mail]', 'g'
  );
  v_text := pg_catalog.regexp_replace(
    v_text,
    '(?<![0-9A-Za-z-])(?:[0-9]{6}[ .]?[0-9]{5}|[0-9]{4}[ .][0-9]{2}[ .][0-9]{5})(?![0-9A-Za'
    '-z-])|(?:\+|(?<![0-9])00)47(?: ?[0-9]){8}(?![0-9])',
    '[number]', 'g'
  );
  return v_text;
end;
$$;

comment on function accounting.mask_personal_data(text) is
  'E-mail addresses, Norwegian identity, bank account and telephone numbers.';
