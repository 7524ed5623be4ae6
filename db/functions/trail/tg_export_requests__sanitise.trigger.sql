-- Why a person is needed may quote a remote: sanitised as the trail is.
create or replace function accounting.tg_export_requests__sanitise ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  NEW.review_reason := accounting.sanitise_error(NEW.review_reason);
  return NEW;
end;
$$;

create or replace trigger sanitise
  before insert or update of review_reason on accounting.export_requests
  for each row
  execute function accounting.tg_export_requests__sanitise();
