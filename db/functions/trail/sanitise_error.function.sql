-- The last of two nets: the dispatcher masks the values that it knows, this masks what looks like
-- a secret or like personal data, in whatever words a remote answers. Runs in a trigger, ahead of
-- the hash, on every text that comes from outside. Cut to 500 characters.
create or replace function accounting.sanitise_error (p_text text)
  returns text
  language plpgsql
  immutable
  parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_text text := p_text;
begin
  if v_text is null then
    return null;
  end if;
  -- Patterns are tried on a bounded text: a remote may answer megabytes.
  v_text := pg_catalog.left(v_text, 8000);
  -- Control characters, so that a log line or a panel stays one line.
  v_text := pg_catalog.regexp_replace(v_text, '[\x01-\x1f\x7f]+', ' ', 'g');
  -- user:password@ in addresses, up to the last @
  v_text := pg_catalog.regexp_replace(v_text, '(://)[^/\s?#]*@', '\1[masked]@', 'g');
  -- Authorization and cookie headers, whole. Quotes may be escaped: JSON that quotes JSON.
  v_text := pg_catalog.regexp_replace(
    v_text,
    '((?:proxy-)?authorization|(?:set-)?cookie)(\\*["'']?\s*[:=]\s*\\*["'']?)'
    '(?:(?:bearer|basic|token|digest|apikey|negotiate)\s+)?'
    '[^"''\s,;\\]+(?:;\s*[^"''\s,;=\\]+=[^"''\s,;\\]*)*',
    '\1\2[masked]', 'gi'
  );
  -- schemes followed by something that is not a plain word
  v_text := pg_catalog.regexp_replace(
    v_text, '\m(bearer|basic|token)(\s+|\s*[:=]\s*)["'']?(?=[^\s"'',;]*[0-9._~+/=-])[A-Za-z0-9._~+/=-]{6,}',
    '\1 [masked]', 'gi'
  );
  v_text := pg_catalog.regexp_replace(
    v_text, '\m(bearer)\s+["'']?[^\s"'',;]{3,}', '\1 [masked]', 'gi'
  );
  -- named secrets: key=value, "key": "value", key: value
  v_text := pg_catalog.regexp_replace(
    v_text,
    '([\w-]*(?:api[_-]?key|apikey|secret|passw(?:or)?d|passord|passwd|pwd|token|access[_-]?key|'
    'private[_-]?key|client[_-]?assertion|assertion|signature|sig|credential|subscription-key|'
    'session[_-]?id)s?)(\\*["'']?\s*[:=]\s*)'
    '(\\+"[^"\\]*(?:\\+")?|"(?:[^"\\]|\\.)*"?|''[^'']*''?|\[masked\]|[^\s"'',;&}\]\\]+)',
    '\1\2[masked]', 'gi'
  );
  -- JSON web tokens, wherever they stand; keys with well-known beginnings
  v_text := pg_catalog.regexp_replace(
    v_text, 'eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*', '[masked]', 'g'
  );
  v_text := pg_catalog.regexp_replace(
    v_text, '\m(?:sk|pk|rk|ghp|gho|xox[abp]|sb|sbp|AKIA|AIza)[_-]?[A-Za-z0-9_-]{12,}', '[masked]', 'g'
  );
  -- long runs of base64 or hex (not uuids: those have their hyphens at 8, and ids are wanted; not
  -- names such as Internal_EntityWithSameKeyExists: a random run of that length has a digit)
  v_text := pg_catalog.regexp_replace(
    v_text,
    '(?<![A-Za-z0-9+/_])(?=[A-Za-z+/_]*[0-9])[A-Za-z0-9+/_]{32,}={0,2}', '[masked]', 'g'
  );
  -- personal data: addresses, Norwegian identity and bank account numbers, telephone numbers
  v_text := pg_catalog.regexp_replace(
    v_text,
    '[^\s@"''<>()\[\]{},;:=&?/\\|]+@[^\s@"''<>()\[\]{},;:=&?/\\|.]+(?:\.[^\s@"''<>()\[\]{},;:=&?/\\|.]+)+',
    '[e-mail]', 'g'
  );
  v_text := pg_catalog.regexp_replace(
    v_text, '(?<![0-9A-Za-z-])[0-9]{6}[ .]?[0-9]{5}(?![0-9A-Za-z-])', '[number]', 'g'
  );
  v_text := pg_catalog.regexp_replace(
    v_text, '(?<![0-9A-Za-z-])[0-9]{4}[ .][0-9]{2}[ .][0-9]{5}(?![0-9A-Za-z-])', '[number]', 'g'
  );
  v_text := pg_catalog.regexp_replace(
    v_text, '(?:\+|(?<![0-9])00)47(?: ?[0-9]){8}(?![0-9])', '[number]', 'g'
  );
  v_text := pg_catalog.btrim(pg_catalog.regexp_replace(v_text, '\s+', ' ', 'g'));
  if pg_catalog.length(v_text) > 500 then
    v_text := pg_catalog.left(v_text, 499) || '…';
  end if;
  return v_text;
end;
$$;

comment on function accounting.sanitise_error(text) is
  'Masks what looks like a secret or personal data in a remote''s words, and cuts to 500 '
  'characters. Null stays null.';
