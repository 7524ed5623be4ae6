-- The text that a driver was shown may be erased, with what was typed, and then with the driver's id.
-- Nothing else of it changes.
create or replace function accounting.tg_declaration_texts__erase_alone ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if (NEW.organisation_id, NEW.act_no) is distinct from (OLD.organisation_id, OLD.act_no)
    or NEW.erased_at is null
    or (OLD.erased_at is not null and NEW.erased_at is distinct from OLD.erased_at)
    or (NEW.driver_id = OLD.driver_id and OLD.erased_at is not null)
    or (
      NEW.driver_id <> OLD.driver_id
      and not accounting.may_name_an_erasure(OLD.organisation_id, OLD.driver_id, NEW.driver_id)
    )
  then
    raise exception using
      errcode = 'AX021',
      message = 'this history is append-only',
      detail = 'What a driver was shown may be erased, and changed in no other way.',
      hint = 'Set content and typed_name to null, and erased_at.';
  end if;
  return NEW;
end;
$$;

create or replace trigger erase_alone
  before update on accounting.declaration_texts
  for each row
  execute function accounting.tg_declaration_texts__erase_alone();

create or replace trigger refuse_delete
  before delete on accounting.declaration_texts
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.declaration_texts
  for each statement
  execute function accounting.tg_history__append_only();

alter table accounting.declaration_texts enable always trigger erase_alone;
alter table accounting.declaration_texts enable always trigger refuse_delete;
alter table accounting.declaration_texts enable always trigger refuse_truncate;
