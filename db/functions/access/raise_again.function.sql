-- Raises an error that a function in `api` caught: behind PostgREST as PGRST, so that the answer
-- has a fitting status (everything else would be a 400); for SQL callers as it was. The detail of
-- a PGRST error must hold both status and headers.
create or replace function accounting.raise_again (
  p_sqlstate text,
  p_message text,
  p_detail text,
  p_hint text
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_sqlstate in ('40001', '40P01', '55P03') then
    perform accounting.raise_again(
      'AX024', 'somebody else is changing the same rows', p_message,
      'Nothing was stored. Send it again.'
    );
  end if;
  if p_sqlstate like 'AX%'
    and coalesce(pg_catalog.current_setting('request.path', true), '') <> ''
  then
    raise exception using
      errcode = 'PGRST',
      message = pg_catalog.json_build_object(
        'code', p_sqlstate,
        'message', p_message,
        'details', nullif(p_detail, ''),
        'hint', nullif(p_hint, '')
      )::text,
      detail = pg_catalog.json_build_object(
        'status', accounting.http_status_of(p_sqlstate),
        'headers', '{}'::json
      )::text;
  end if;
  raise exception using
    errcode = p_sqlstate,
    message = p_message,
    detail = coalesce(p_detail, ''),
    hint = coalesce(p_hint, '');
end;
$$;

comment on function accounting.raise_again(text, text, text, text) is
  'Raises an error again: as PGRST with its HTTP status behind PostgREST, unchanged elsewhere.';
