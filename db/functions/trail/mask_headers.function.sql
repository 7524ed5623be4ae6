-- Authorization of any scheme, cookies, and schemes without their header.
-- The same patterns stand in dispatcher/secret-patterns.ts: change both.
create or replace function accounting.mask_headers (p_text text)
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
  v_innocent constant text := accounting.secret_pattern('innocent');
  v_sign constant text := accounting.secret_pattern('sign');
  v_quoted constant text := accounting.secret_pattern('quoted');
  v_header_value constant text := accounting.secret_pattern('header_value');
begin
  v_text := pg_catalog.regexp_replace(
    v_text,
    '((?:authori[sz]ation|cookie[2s]?)(?:'
    || v_separator
    || '|'
    || v_quote
    || ',[ \t\r\n]*(?=["''\\])(?!\\*["'']value)))'
    || v_innocent
    || '(?:'
    || v_quoted
    || '|'
    || v_header_value
    || ')',
    '\1[masked]', 'gi'
  );
  -- a scheme without its header
  v_text := pg_catalog.regexp_replace(
    v_text,
    '((?<![a-z0-9_])bearer[ \t\r\n]+'
    || v_quote
    || '?)(?!\[masked\]|<|…|(?:tokens?|auth|authentication|authorization|authorizati'
    'on_uri|scheme|realm|error|challenge|headers?|credentials?|is|was|and|or|not|'
    'must|required|format|type|in|for|access|prefix|only|jwt|er|og|ikke)(?![a-z0-'
    '9_.-])|[a-z_]+="?)(?=[^ \t\r\n"'']{3})'
    || v_sign
    || '+'
    || '|' || '((?<![a-z0-9_])(?:basic|digest|apikey|api-key|negotiate|ntlm|dpop|ssws|share'
    'dkey|sharedkeylite|aws)[ \t\r\n]+'
    || v_quote
    || '?)(?![a-z_]+=)(?=[a-z._~+/=:-]*[0-9])[a-z0-9._~+/=:-]{8,}',
    '\1\2[masked]', 'gi'
  );
  v_text := pg_catalog.regexp_replace(
    v_text,
    '((?<![A-Za-z0-9_])(?:Basic|basic|BASIC)[ \t\r\n]+)(?=[A-Za-z0-9+/]*[a-z][A-Z][A-Za-z0-'
    '9+/]*[a-z][A-Z])[A-Za-z0-9+/=_-]{8,}',
    '\1[masked]', 'g'
  );
  return v_text;
end;
$$;

comment on function accounting.mask_headers(text) is
  'Authorization of any scheme, cookies, and schemes without their header.';
