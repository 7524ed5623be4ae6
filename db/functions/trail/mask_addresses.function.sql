-- Private keys, whole or cut, and passwords in addresses.
-- The same patterns stand in dispatcher/secret-patterns.ts: change both.
create or replace function accounting.mask_addresses (p_text text)
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
    '-----BEGIN[A-Z0-9 ]* PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----END))*(?:---'
    '--END[A-Z0-9 ]*-----)?'
    || '|' || '(?<![A-Za-z0-9+/=\\])(?:[A-Za-z0-9+/=]|\\[nr]|[ \t\r\n])+-----END[A-Z0-9 ]* '
    'PRIVATE KEY(?: BLOCK)?-----',
    '[masked]', 'g'
  );
  -- user:password@, up to the last @: a password may hold any sign, a port is none. Then
  -- percent-encoded, without a scheme, and Oracle's
  v_text := pg_catalog.regexp_replace(
    v_text,
    '(:(?:\\*/){2})(?:[^/ \t\r\n?#"''<>@:]*:(?![0-9]+(?:[/?#\\]|$))[^ \t\r\n"''<>'
    ']*|[^/ \t\r\n?#"''<>]*)@'
    || '|' || '(%(?:25)*3a%(?:25)*2f%(?:25)*2f)[^ \t\r\n&?"''<>]*(?:%(?:25)*40)'
    || '|' || '((?<![a-z0-9_.+/:@-])[a-z][a-z0-9_.+-]*:)(?!\[masked\])[^ \t\r\n:@/,;"''<>\\'
    ']{3,}@(?=[a-z0-9(\[])'
    || '|' || '(jdbc:oracle:[a-z0-9]+:)(?!\[masked\])[^ \t\r\n@]+@',
    '\1\2\3\4[masked]@', 'gi'
  );
  -- cut before the @; addresses that are a secret themselves
  v_text := pg_catalog.regexp_replace(
    v_text,
    '(:(?:\\*/){2}[^ \t\r\n:/@?#\[]*:)(?![0-9]*(?:[^0-9a-z]|$)|\[masked\])[^ \t\r'
    '\n/@?#"''<>…]+(?=["''.…]*$)'
    || '|' || '(hooks\.slack\.com/(?:services|workflows|triggers)/|/api/webhooks/|\.webhook'
    '\.office\.com/webhookb2/|api\.telegram\.org/bot)(?!\[masked\])[^ \t\r\n"''<>'
    ']+',
    '\1\2[masked]', 'gi'
  );
  return v_text;
end;
$$;

comment on function accounting.mask_addresses(text) is
  'Private keys, whole or cut, and passwords in addresses.';
