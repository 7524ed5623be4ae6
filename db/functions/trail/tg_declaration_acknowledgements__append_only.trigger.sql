-- What a driver acknowledged or withdrew stays; the text that was shown lies apart and may be erased. The
-- driver's id is the one column that may change: to an erasure's, see tg_…__erase_alone.
create or replace trigger refuse_update
  before update of organisation_id, act_no, act, template_id, language, version,
    way_of_acknowledging, content_sha256, channel, acted_at
  on accounting.declaration_acknowledgements
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
