-- The lines of a claim sum to its total. Deferred: claim and lines come in several statements.
create or replace function accounting.tg_claims__lines_sum_to_total ()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform accounting.check_sum_of_lines(NEW.organisation_id, NEW.id);
  return null;
end;
$$;

drop trigger if exists lines_sum_to_total on accounting.claims;
create constraint trigger lines_sum_to_total
  after insert or update of total on accounting.claims
  deferrable initially deferred
  for each row
  execute function accounting.tg_claims__lines_sum_to_total();
