-- The last of two nets: the dispatcher masks the values that it knows, this masks what looks like
-- a secret or like personal data, in whatever words a remote answers. Runs in a trigger, ahead of
-- the hash, on every text that comes from outside. Cut to 500 characters. What is sanitised stays
-- as it is. dispatcher/sanitise.ts does the same for the logs.
create or replace function accounting.sanitise_error (p_text text)
  returns text
  language plpgsql
  immutable
  parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_text text := p_text;
  v_before text;
begin
  if v_text is null then
    return null;
  end if;
  -- Patterns are tried on a bounded text: a remote may answer megabytes. What the cut left of the
  -- last word may be half of a secret that its end would have told.
  if pg_catalog.length(v_text) > 8000 then
    v_text := pg_catalog.regexp_replace(pg_catalog.left(v_text, 8000), '[^ \n\r\t]*$', '');
  end if;
  -- Control characters, so that a log line or a panel stays one line. Line feeds tell where a value
  -- ends, so they go last.
  v_text := pg_catalog.regexp_replace(v_text, '[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]+', ' ', 'g');
  -- What a mask leaves beside it may look like something else: until nothing changes any more, so
  -- that the same text is given back the second time, and the hash of its row verifies.
  for v_round in 1..4 loop
    v_before := v_text;
    v_text := accounting.mask_once(v_text);
    exit when v_text = v_before;
  end loop;
  return v_text;
end;
$$;

comment on function accounting.sanitise_error(text) is
  'Masks what looks like a secret or personal data in a remote''s words, and cuts to 500 '
  'characters. Null stays null.';
