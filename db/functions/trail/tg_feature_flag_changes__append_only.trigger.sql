-- Every state that a flag had stays.
create or replace trigger refuse_update
  before update on accounting.feature_flag_changes
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_delete
  before delete on accounting.feature_flag_changes
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.feature_flag_changes
  for each statement
  execute function accounting.tg_history__append_only();

alter table accounting.feature_flag_changes enable always trigger refuse_update;
alter table accounting.feature_flag_changes enable always trigger refuse_delete;
alter table accounting.feature_flag_changes enable always trigger refuse_truncate;
