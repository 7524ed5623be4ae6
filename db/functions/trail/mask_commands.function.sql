-- What commands are given, and files that programs sign in with.
-- The same patterns stand in dispatcher/secret-patterns.ts: change both.
create or replace function accounting.mask_commands (p_text text)
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
  v_value constant text := accounting.secret_pattern('value');
begin
  v_text := pg_catalog.regexp_replace(
    v_text,
    '((?<![a-z0-9_-])--?[a-z0-9-]*'
    || v_names
    || '[a-z0-9_-]*[ \t\r\n]+(?!-|(?:to|or|and|option|flag|argument|if|when|for|with'
    '|in|on)(?![a-z0-9_-]))'
    || '|' || '(?<![a-z0-9_-])(?:-u|--(?:proxy-)?user)(?:[ \t\r\n]+|=)?'
    || v_quote
    || '?[^ \t\r\n"'':=\\]+:'
    || '|' || '(?<![a-z0-9_-])(?:mysql[a-z]*|mariadb[a-z-]*|sshpass|sqlcmd|docker|podman|re'
    'dis-cli|mongo[a-z]*|az|htpasswd|plink|pscp|ldapsearch)[ \t\r\n](?:[^\n-]|-(?'
    '![paw](?:[ \t\r\n]|[^a-z \t\r\n]|[a-z]*[0-9])))*-[paw][ \t\r\n]*(?!-)'
    || '|' || '(?:login|user)[ \t\r\n]+[^ \t\r\n]+[ \t\r\n]+password[ \t\r\n]+)'
    || v_innocent
    || v_value,
    '\1[masked]', 'gi'
  );
  return v_text;
end;
$$;

comment on function accounting.mask_commands(text) is
  'What commands are given, and files that programs sign in with.';
