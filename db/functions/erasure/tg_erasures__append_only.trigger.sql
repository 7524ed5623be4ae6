-- What was erased, when and on what ground stays, like the trail.
create or replace trigger refuse_update
  before update on accounting.erasures
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_delete
  before delete on accounting.erasures
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.erasures
  for each statement
  execute function accounting.tg_history__append_only();

alter table accounting.erasures enable always trigger refuse_update;
alter table accounting.erasures enable always trigger refuse_delete;
alter table accounting.erasures enable always trigger refuse_truncate;
