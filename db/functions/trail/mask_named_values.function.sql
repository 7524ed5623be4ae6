-- Values that a name tells to be secret: in JSON, forms, queries, YAML, XML, object text.
-- The same patterns stand in dispatcher/secret-patterns.ts: change both.
create or replace function accounting.mask_named_values (p_text text)
  returns text
  language plpgsql
  immutable
  parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_text text := p_text;
  v_quote constant text := accounting.secret_pattern('quote');
  v_separator constant text := accounting.secret_pattern('separator');
  v_names constant text := accounting.secret_pattern('names');
  v_rest constant text := accounting.secret_pattern('rest');
  v_innocent constant text := accounting.secret_pattern('innocent');
  v_value constant text := accounting.secret_pattern('value');
  v_no_error constant text := accounting.secret_pattern('no_error');
begin
  -- connection strings: blanks belong to the value, up to the semicolon
  v_text := pg_catalog.regexp_replace(
    v_text,
    '((?:password|pwd|passord|passphrase|accountkey|sharedaccesskey|secret)[ \t]*=[ \t]*)(?'
    '![ \t])'
    || v_innocent
    || '(?:[^;&"''\r\n{}\[\]]|;(?![ ]*[a-z][a-z0-9 ]*=|[ ]*$))+(?=;(?:[ ]*[a-z][a-z0-9 ]*=|[ ]'
    '*$))',
    '\1[masked]', 'gi'
  );
  -- a line of its own, as in YAML: blanks belong to the value
  v_text := pg_catalog.regexp_replace(
    v_text,
    '((?<![^\n])[ \t>+-]*(?:export |set )?[a-z0-9_.$-]*'
    || v_no_error
    || v_names
    || v_rest
    || '[ \t]*(?::[ \t]|=)[ \t]*)(?![ \t]|[|>]|'
    || v_quote
    || ')'
    || v_innocent
    || '[^\n&;"''{}\[\]<>\\]+(?=\n|$)',
    '\1[masked]', 'gi'
  );
  -- {"name": "api_key", "value": "…"}, <add key="ApiKey" value="…"/>; a part of a form
  v_text := pg_catalog.regexp_replace(
    v_text,
    '('
    || v_quote
    || '[a-z0-9_.$-]*(?:'
    || v_names
    || '|authorization|cookie)'
    || v_rest
    || v_quote
    || '(?:[ \t\r\n]*[,;])?[ \t\r\n]*'
    || v_quote
    || '?value'
    || v_separator
    || ')'
    || v_innocent
    || v_value
    || '|' || '(name=\\*"[^"\\]*'
    || v_names
    || '[^"\\]*\\*"[^\r\n\\]*(?:\r?\n|(?:\\r)?\\n){2})'
    || v_innocent
    || '(?:[^\r\n\\]|\\(?![rn]))+',
    '\1\2[masked]', 'gi'
  );
  -- name=value, "name": "value", name => value, (name)=(value); what only a query calls so
  v_text := pg_catalog.regexp_replace(
    v_text,
    '('
    || v_no_error
    || v_names
    || v_rest
    || v_separator
    || '(?:[|>][+-]?[ \t\r\n]+|string\([0-9]+\)[ \t\r\n]+)?|[?&](?:key|code|hmac|mac|nonce|state|ticket)=)'
    || v_innocent
    || v_value,
    '\1[masked]', 'gi'
  );
  -- elements, also escaped
  v_text := pg_catalog.regexp_replace(
    v_text,
    '(<[a-z0-9_.:-]*'
    || v_names
    || v_rest
    || ':?(?:[ \t\r\n][^<>]*)?(?<!/)>[ \t\r\n]*(?:<[a-z][^<>/]*>)?)'
    || v_innocent
    || '(?:<!\[CDATA\[(?:[^\]]|\](?!\]>))*(?:\]\]>)?|[^< \t\r\n"''\\][^<]*(?=</)|[^<'
    ' \t\r\n"''\\][^< \t\r\n]*$)'
    || '|' || '((?:&(?:amp;)*lt;|\\+u003c|%(?:25)*3c)[a-z0-9_.:-]*'
    || v_names
    || v_rest
    || '(?:&(?:amp;)*gt;|\\+u003e|%(?:25)*3e))'
    || v_innocent
    || '(?:[^&<\\% \t\r\n]|&(?!(?:amp;)*lt;)|%(?!(?:25)*3c)|\\(?!\\*u003c))+',
    '\1\2[masked]', 'gi'
  );
  return v_text;
end;
$$;

comment on function accounting.mask_named_values(text) is
  'Values that a name tells to be secret: in JSON, forms, queries, YAML, XML, object text.';
