-- The id of a driver may become that of an erasure, if nothing stands in the way, and nothing else.
create or replace function accounting.tg_declaration_acknowledgements__erase_alone ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not accounting.may_name_an_erasure(OLD.organisation_id, OLD.driver_id, NEW.driver_id) then
    raise exception using
      errcode = 'AX021',
      message = 'this history is append-only',
      detail = 'Who acknowledged may be erased when nothing stands in the way, and changed in no other way.',
      hint = 'accounting.erase_person does it.';
  end if;
  return NEW;
end;
$$;

create or replace trigger erase_alone
  before update of driver_id on accounting.declaration_acknowledgements
  for each row
  execute function accounting.tg_declaration_acknowledgements__erase_alone();

alter table accounting.declaration_acknowledgements enable always trigger erase_alone;
