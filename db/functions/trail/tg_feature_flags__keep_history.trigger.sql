-- Whoever changes a flag, through a function or past it, leaves a row behind. A flag can't change its
-- name or its organisation: that would leave the history with another one.
create or replace function accounting.tg_feature_flags__keep_history ()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if TG_OP = 'UPDATE'
    and (NEW.organisation_id, NEW.name) is distinct from (OLD.organisation_id, OLD.name)
  then
    raise exception using
      errcode = 'AX021',
      message = 'a flag keeps its name and its organisation',
      hint = 'What was wrong is corrected by a later change.';
  end if;
  insert into accounting.feature_flag_changes
    (organisation_id, name, change_no, is_enabled, changed_at, changed_by, reason)
  select NEW.organisation_id, NEW.name, coalesce(max(c.change_no), 0) + 1, NEW.is_enabled,
    NEW.changed_at, NEW.changed_by, NEW.reason
  from accounting.feature_flag_changes as c
  where c.organisation_id = NEW.organisation_id
    and c.name = NEW.name;
  return null;
end;
$$;

create or replace trigger keep_history
  after insert or update on accounting.feature_flags
  for each row
  execute function accounting.tg_feature_flags__keep_history();

create or replace trigger refuse_delete
  before delete on accounting.feature_flags
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.feature_flags
  for each statement
  execute function accounting.tg_history__append_only();

alter table accounting.feature_flags enable always trigger keep_history;
alter table accounting.feature_flags enable always trigger refuse_delete;
alter table accounting.feature_flags enable always trigger refuse_truncate;
