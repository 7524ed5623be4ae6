-- What a remote said of a claim is sanitised as the trail is.
create or replace function accounting.tg_claim_reservations__sanitise ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  NEW.error := accounting.sanitise_error(NEW.error);
  NEW.fault := accounting.sanitise_error(NEW.fault);
  return NEW;
end;
$$;

create or replace trigger sanitise
  before insert or update of error, fault on accounting.claim_reservations
  for each row
  execute function accounting.tg_claim_reservations__sanitise();
