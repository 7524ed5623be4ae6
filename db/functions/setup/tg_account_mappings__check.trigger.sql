-- As apply_mappings checks a file, so is a row checked that somebody writes in SQL.
create or replace function accounting.tg_account_mappings__check ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform accounting.refuse_mappings(
    NEW.organisation_id,
    pg_catalog.jsonb_build_object(
      NEW.expense_type,
      pg_catalog.to_jsonb(NEW) - '{organisation_id,expense_type}'::text[]
    )
  );
  return NEW;
end;
$$;

create or replace trigger check_mapping
  before insert or update on accounting.account_mappings
  for each row
  execute function accounting.tg_account_mappings__check();
