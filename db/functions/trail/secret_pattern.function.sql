-- What the patterns of accounting.mask_headers, mask_named_values and others are made of. The
-- same stands in dispatcher/secret-pattern-parts.ts, with a comment for each: change both.
create or replace function accounting.secret_pattern (p_part text)
  returns text
  language plpgsql
  immutable
  parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_quote constant text :=
    '(?:\\*["''`]|\\+u002[27]|%(?:25)*2[27]|&(?:amp;)*(?:quot|apos|#3[49]|#x2[27]);)';
  v_separator constant text :=
    '(?:'
    || v_quote
    || '?\]?[ \t\r\n]*(?:=>|->|:=|=+(?!=)|:|%(?:25)*3[ad]|&#(?:58|61|x3[ad]);|\\+u003[ad])[ \t'
    '\r\n]*|\)=(?=\())';
  v_key constant text :=
    '(?:api|access|private|account|shared|subscription|signing|encryption|master|auth|clien'
    't|license|functions?|storage|role|anon|webhook|security|admin|app)[ _-]?key';
  v_names constant text :=
    '(?:passw(?:or)?d|passwort|passord|passphrase|pwd|secret|hemmelig|token|credential|'
    || v_key
    || '|api[ _-]?n[øØ]kkel|(?<![a-z])n[øØ]kkel|assertion|signature|sess(?:ion)?[_-]?id|sessio'
    'n[_-]?key|code[_-]?verifier|(?:db|user|smtp|ftp|ldap|my|pg|sql|mail|bind|redis|proxy|k'
    'ey|store)pass(?![a-z])|(?<![a-z0-9])(?:pass|sig|auth|jwt|otp|pin|sid|cvv|bearer|sessio'
    'n)(?![a-z0-9_.$-]))';
  v_rest constant text :=
    '(?![a-z0-9_.$-]*(?:type|expir[a-z]*|expires[_-]?(?:in|at|on)|endpoint|url|uri|ref|poli'
    'cy|length|count|lifetime|ttl|scope|status|name)(?![a-z0-9]))[a-z0-9_.$-]*';
  v_said constant text :=
    '(?:null|none|nil|true|false|undefined|required|missing|invalid|expired|empty|blank|mus'
    't|is|are|was|has|not|too|cannot|does|wrong|unknown|unexpected|incorrect|failed|denied|'
    'revoked|rejected|mangler|må|er|ikke|ugyldig|utløpt|feil|kreves|påkrevd)';
  v_sentence constant text :=
    '\\*["''][^"''0-9\\]* (?:required|missing|invalid|expired|must|cannot|incorrect|empty|b'
    'lank|mangler|må|ugyldig|utløpt|påkrevd)(?=[ .,!"''\\])';
  v_innocent constant text :=
    '(?!\\*["'']?\[masked\]|…|[|>][+-]?[ \t\r\n]|\\*["'']?(?:[a-z][a-z0-9_-]*[ \t\r\n]+)?&?'
    '<[a-z _-]*(?:your|token|key|secret|password|value|jwt|credential)[a-z _-]*>|\\*["'']?'
    || v_said
    || '(?:[ \t\r\n,;)}\]"''<&\\]|[.:!?](?:[ \t\r\n]|$)|$)|'
    || v_sentence
    || ')';
  v_sign constant text :=
    '(?:[^ \t\r\n"''`,;&<>(){}\[\]\\…]|[,;](?![ \t\r\n]|'
    || v_quote
    || '|[a-z0-9_.$-][a-z0-9_.$ -]*[=:]|$)|&(?!(?:amp;)?[a-z0-9_.%\[\]-]+=|(?:amp;)*(?:quot|ap'
    'os|lt|gt|#)|$)|[)}\]>"''`](?=[a-z0-9])|[({\[](?=[^ \t\r\n"''])|<(?![a-z/!?])|\\(?!["'''
    'nrt\\]|u002[27]|$))';
  v_quoted constant text :=
    '"(?:[^"\\]|\\[^\n])*\\?"?'
    || '|' || '''(?:[^''\\]|\\[^\n]|'''')*\\?''?'
    || '|' || '`[^`]*`?'
    || '|' || '“[^”]*”?'
    || '|' || '«[^»]*»?'
    || '|' || '\\"(?:[^"\\]|\\\\(?:\\")?|\\[^"\\])*(?:\\")?'
    || '|' || '\\''(?:[^''\\]|\\\\(?:\\'')?|\\[^''\\])*(?:\\'')?'
    || '|' || '\\\\+"(?:[^"\\]|\\+[^"\\])*(?:\\+")?'
    || '|' || '\\+u002[27](?:[^\\"]|\\+(?!\\|u002[27])[^"\\])*(?:\\+u002[27])?'
    || '|' || '&(?:amp;)*(?:quot|apos|#3[49]|#x2[27]);(?:[^&"<]|&(?!(?:amp;)*(?:quot|apos|#'
    '3[49]|#x2[27]);))*(?:&(?:amp;)*(?:quot|apos|#3[49]|#x2[27]);)?'
    || '|' || '\[(?:[^\[\]]|\[[^\[\]]*\])*\]?'
    || '|' || '\{(?:[^{}]|\{[^{}]*\})*\}?'
    || '|' || '\((?:[^()]|\([^()]*\))*\)?';
  v_opening constant text :=
    '[\[{("''`“«]';
  v_value constant text :=
    '(?:'
    || v_quoted
    || '|(?!'
    || v_opening
    || ')'
    || v_sign
    || '+)';
  v_header_value constant text :=
    '(?!'
    || v_opening
    || '|&)(?:[a-z][a-z0-9_-]*[ \t\r\n]+)?(?:="[^"]*(?:"|$)|=(?!")|[^= \t\r\n"''`,;<>\\…]|(?:['
    ',;][ \t\r\n]*|[ \t\r\n]+)(?=[a-z0-9_.-]+=)|[,;](?![ \t\r\n"''\\]|$)|"(?=[a-z0-9]))+';
  v_no_error constant text :=
    '(?<!invalid[_-]?)(?<!missing[_-]?)(?<!expired[_-]?)';
begin
  return case p_part
    when 'quote' then v_quote
    when 'separator' then v_separator
    when 'names' then v_names
    when 'rest' then v_rest
    when 'innocent' then v_innocent
    when 'sign' then v_sign
    when 'quoted' then v_quoted
    when 'value' then v_value
    when 'header_value' then v_header_value
    when 'no_error' then v_no_error
  end;
end;
$$;

comment on function accounting.secret_pattern(text) is
  'A part of the patterns that find secrets: names, separator, value and what they are made of.';
