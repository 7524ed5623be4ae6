-- Sanitises what the remote said, then seals the row with its hash. Computed from NEW alone.
create or replace function accounting.tg_export_runs__seal ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  NEW.error_message := accounting.sanitise_error(NEW.error_message);
  NEW.hash := accounting.hash_export_run(NEW);
  return NEW;
end;
$$;

create or replace trigger seal
  before insert on accounting.export_runs
  for each row
  execute function accounting.tg_export_runs__seal();

alter table accounting.export_runs enable always trigger seal;
