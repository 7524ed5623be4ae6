-- The lines of an erased claim stay as they are: see claims. All that may happen to them is what
-- erases their texts.
create or replace function accounting.tg_claim_lines__keep_what_is_erased ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_claim record;
begin
  if TG_OP = 'DELETE' then
    v_claim := OLD;
  else
    v_claim := NEW;
  end if;
  if accounting.is_erased(v_claim.organisation_id, v_claim.claim_id)
    and not (TG_OP = 'UPDATE' and accounting.only_erases_text(OLD, NEW))
  then
    perform accounting.raise_erased(v_claim.claim_id);
  end if;
  return v_claim;
end;
$$;

create or replace trigger keep_what_is_erased
  before insert or update or delete on accounting.claim_lines
  for each row
  execute function accounting.tg_claim_lines__keep_what_is_erased();
