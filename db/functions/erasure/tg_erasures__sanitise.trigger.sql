-- A reference is typed by a person: what looks like an address or an identity number is masked.
create or replace function accounting.tg_erasures__sanitise ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  NEW.reference := accounting.sanitise_error(NEW.reference);
  return NEW;
end;
$$;

create or replace trigger sanitise
  before insert on accounting.erasures
  for each row
  execute function accounting.tg_erasures__sanitise();
