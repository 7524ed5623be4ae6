-- The HTTP status that fits one of our SQLSTATEs. The table in the README says the same.
create or replace function accounting.http_status_of (p_sqlstate text)
  returns integer
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_sqlstate in ('AX005', 'AX009', 'AX015', 'AX034') then 403
    when p_sqlstate in ('AX014', 'AX016', 'AX032') then 404
    when p_sqlstate = 'AX027' then 406
    when p_sqlstate in (
      'AX007', 'AX008', 'AX011', 'AX013', 'AX018', 'AX019', 'AX020', 'AX021', 'AX026',
      'AX028', 'AX033', 'AX035', 'AX036', 'AX037', 'AX039', 'AX040', 'AX050', 'AX051'
    ) then 409
    when p_sqlstate in (
      'AX010', 'AX012', 'AX017', 'AX025', 'AX029', 'AX030', 'AX031', 'AX038', 'AX041'
    ) then 422
    when p_sqlstate = 'AX024' then 503
    else 400
  end;
$$;

comment on function accounting.http_status_of(text) is
  'The HTTP status for a SQLSTATE of class AX.';
