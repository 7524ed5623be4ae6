-- A new organisation has every feature, switched off: so each has a history from its beginning.
create or replace function accounting.tg_organisations__begin_with_all_off ()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into accounting.feature_flags (organisation_id, name, changed_by, reason)
  values (
    NEW.id, 'driver_honorarium', accounting.token_subject(), 'off until the organisation says so'
  );
  return null;
end;
$$;

create or replace trigger begin_with_all_off
  after insert on accounting.organisations
  for each row
  execute function accounting.tg_organisations__begin_with_all_off();
