-- What the app puts back after a restore may have been exported in the history that was lost: it is
-- asked for before it can be exported. Also a claim that was withdrawn when the backup was made:
-- the lost history may have approved it.
create or replace function accounting.tg_claims__ask_first_after_a_restore ()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if TG_OP = 'UPDATE' and not (OLD.state = 'withdrawn' and NEW.state <> 'withdrawn') then
    return null;
  end if;
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
  after insert or update of state on accounting.claims
  for each row
  execute function accounting.tg_claims__ask_first_after_a_restore();
