-- Every other column that takes a remote's words is sanitised as the trail's is.
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
