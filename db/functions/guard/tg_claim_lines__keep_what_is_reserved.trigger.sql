-- The lines of a claim that a run holds, or that was exported, stay as they are: see claims.
create or replace function accounting.tg_claim_lines__keep_what_is_reserved ()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- What else happens to the lines of an erased claim is keep_what_is_erased's to refuse.
  if TG_OP = 'UPDATE' and accounting.is_erased(NEW.organisation_id, NEW.claim_id)
    and accounting.only_erases_text(OLD, NEW)
  then
    return NEW;
  end if;
  if TG_OP <> 'INSERT' then
    perform accounting.refuse_if_reserved(OLD.organisation_id, OLD.claim_id);
  end if;
  if TG_OP <> 'DELETE' then
    perform accounting.refuse_if_reserved(NEW.organisation_id, NEW.claim_id);
    return NEW;
  end if;
  return OLD;
end;
$$;

create or replace trigger keep_what_is_reserved
  before insert or update or delete on accounting.claim_lines
  for each row
  execute function accounting.tg_claim_lines__keep_what_is_reserved();
