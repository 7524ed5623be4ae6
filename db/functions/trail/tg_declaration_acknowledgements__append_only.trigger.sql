-- What a driver acknowledged or withdrew stays; the text that was shown lies apart and may be erased.
create or replace trigger refuse_update
  before update on accounting.declaration_acknowledgements
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_delete
  before delete on accounting.declaration_acknowledgements
  for each statement
  execute function accounting.tg_history__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.declaration_acknowledgements
  for each statement
  execute function accounting.tg_history__append_only();

alter table accounting.declaration_acknowledgements enable always trigger refuse_update;
alter table accounting.declaration_acknowledgements enable always trigger refuse_delete;
alter table accounting.declaration_acknowledgements enable always trigger refuse_truncate;
