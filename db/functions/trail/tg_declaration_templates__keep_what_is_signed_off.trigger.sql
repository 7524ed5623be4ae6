-- A version goes draft, signed off, published, and never back. Its text, way, language and number are
-- fixed when it is signed off; signing off and publishing leave them alone.
create or replace function accounting.tg_declaration_templates__keep_what_is_signed_off ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if (NEW.organisation_id, NEW.id, NEW.language, NEW.version)
      is distinct from (OLD.organisation_id, OLD.id, OLD.language, OLD.version)
    or (OLD.state, NEW.state) not in (
      ('draft', 'draft'), ('draft', 'signed_off'), ('signed_off', 'published')
    )
    or (
      NEW.state <> 'draft'
      and (NEW.body, NEW.way_of_acknowledging, NEW.authors)
        is distinct from (OLD.body, OLD.way_of_acknowledging, OLD.authors)
    )
    or (
      OLD.state = 'signed_off'
      and (NEW.signed_off_at, NEW.signed_off_by, NEW.sign_off_reference)
        is distinct from (OLD.signed_off_at, OLD.signed_off_by, OLD.sign_off_reference)
    )
  then
    raise exception using
      errcode = 'AX033',
      message = 'the version isn''t in a state for that',
      detail = pg_catalog.format(
        'version %s (%s) is %s', OLD.version, OLD.language, OLD.state
      ),
      hint = 'What was signed off is never changed: write the next version.';
  end if;
  return NEW;
end;
$$;

create or replace trigger keep_what_is_signed_off
  before update on accounting.declaration_templates
  for each row
  execute function accounting.tg_declaration_templates__keep_what_is_signed_off();

create or replace trigger refuse_delete
  before delete on accounting.declaration_templates
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.declaration_templates
  for each statement
  execute function accounting.tg_history__append_only();

alter table accounting.declaration_templates enable always trigger keep_what_is_signed_off;
alter table accounting.declaration_templates enable always trigger refuse_delete;
alter table accounting.declaration_templates enable always trigger refuse_truncate;
