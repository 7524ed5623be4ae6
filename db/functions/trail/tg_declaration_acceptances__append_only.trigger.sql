-- For how long a version was accepted, and who said so, stays.
create or replace trigger refuse_update
  before update on accounting.declaration_acceptances
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_delete
  before delete on accounting.declaration_acceptances
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.declaration_acceptances
  for each statement
  execute function accounting.tg_history__append_only();

alter table accounting.declaration_acceptances enable always trigger refuse_update;
alter table accounting.declaration_acceptances enable always trigger refuse_delete;
alter table accounting.declaration_acceptances enable always trigger refuse_truncate;
