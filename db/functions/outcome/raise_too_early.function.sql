-- A message that is still under way could book what a person releases now.
create or replace function accounting.raise_too_early (p_run accounting.export_requests)
  returns void
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'AX026',
    message = 'a request may still be under way to the ledger',
    detail = pg_catalog.format(
      'run %s, until %s', coalesce(p_run.run_id::text, 'none'),
      coalesce(p_run.quarantine_until::text, 'the ledger has been asked')
    ),
    hint = 'Wait until then and look in the ledger again, or let it be asked: reconcile_export.';
end;
$$;

comment on function accounting.raise_too_early(accounting.export_requests) is
  'Raises AX026: the quarantine isn''t over.';
