-- Why an integration is paused quotes a remote: sanitised as the trail is.
create or replace function accounting.tg_integrations__sanitise ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  NEW.paused_reason := accounting.sanitise_error(NEW.paused_reason);
  return NEW;
end;
$$;

create or replace trigger sanitise
  before insert or update of paused_reason on accounting.integrations
  for each row
  execute function accounting.tg_integrations__sanitise();
