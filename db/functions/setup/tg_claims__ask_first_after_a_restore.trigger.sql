-- What the app puts back after a restore may have been exported in the history that was lost: it is
-- asked for before it can be exported.
create or replace function accounting.tg_claims__ask_first_after_a_restore ()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select
    from accounting.integrations as i
    where i.organisation_id = NEW.organisation_id
      and i.asks_first_until > accounting.clock()
  ) then
    perform accounting.flag_claims(
      NEW.organisation_id, array[NEW.id], 'it came in after the database was restored', 'restore'
    );
  end if;
  return null;
end;
$$;

create or replace trigger ask_first_after_a_restore
  after insert on accounting.claims
  for each row
  execute function accounting.tg_claims__ask_first_after_a_restore();
