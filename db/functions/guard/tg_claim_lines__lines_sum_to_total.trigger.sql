-- The lines of a claim sum to its total, also when only a line changes: see claims.
create or replace function accounting.tg_claim_lines__lines_sum_to_total ()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if TG_OP = 'DELETE' then
    perform accounting.check_sum_of_lines(OLD.organisation_id, OLD.claim_id);
  else
    perform accounting.check_sum_of_lines(NEW.organisation_id, NEW.claim_id);
  end if;
  return null;
end;
$$;

drop trigger if exists lines_sum_to_total on accounting.claim_lines;
create constraint trigger lines_sum_to_total
  after insert or update or delete on accounting.claim_lines
  deferrable initially deferred
  for each row
  execute function accounting.tg_claim_lines__lines_sum_to_total();
