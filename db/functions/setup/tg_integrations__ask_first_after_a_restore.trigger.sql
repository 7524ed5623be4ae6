-- An integration that comes in, or is enabled, within a day after a restore may have been there in the
-- history that was lost, and have sent: its organisation's open claims are asked for there as well,
-- and so is what the app puts in. At any time it is asked for claims that are flagged. Files that an
-- organisation turns to for the first time as far as we know can't be asked for what was lost.
-- Lock order: integration, then as flag_claims.
create or replace function accounting.tg_integrations__ask_first_after_a_restore ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_restored_at timestamptz;
begin
  if not NEW.is_enabled or (TG_OP = 'UPDATE' and OLD.is_enabled) then
    return null;
  end if;
  -- Any organisation's: a restore is the database's, and this one's rows may be what it lost.
  select max(i.restored_at) into v_restored_at
  from accounting.integrations as i
  where i.restored_at > accounting.clock() - interval '1 day';
  if v_restored_at is not null and (NEW.system <> 'file' or TG_OP = 'UPDATE') then
    update accounting.integrations as i
    set restored_at = v_restored_at
    where i.organisation_id = NEW.organisation_id
      and i.system = NEW.system;
    perform accounting.flag_open_claims(
      NEW.organisation_id, 'an integration came in after the database was restored'
    );
  else
    perform accounting.ask_without_run(
      NEW.organisation_id,
      array(
        select c.id
        from accounting.claims as c
        where c.organisation_id = NEW.organisation_id
          and c.flagged_at is not null
      )
    );
  end if;
  return null;
end;
$$;

create or replace trigger ask_first_after_a_restore
  after insert or update of is_enabled on accounting.integrations
  for each row
  execute function accounting.tg_integrations__ask_first_after_a_restore();
