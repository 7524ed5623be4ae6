-- What a person writes is sanitised as the trail is.
create or replace function accounting.tg_integration_resumptions__sanitise ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  NEW.evidence := accounting.sanitise_error(NEW.evidence);
  return NEW;
end;
$$;

create or replace trigger sanitise
  before insert on accounting.integration_resumptions
  for each row
  execute function accounting.tg_integration_resumptions__sanitise();
