-- A hint that there is work, with an empty payload: the queue is the table, and a lost or doubled
-- notification changes nothing.
create or replace function accounting.tg_export_requests__notify ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_catalog.pg_notify('accounting_export', '');
  return null;
end;
$$;

create or replace trigger notify
  after insert on accounting.export_requests
  for each statement
  execute function accounting.tg_export_requests__notify();
