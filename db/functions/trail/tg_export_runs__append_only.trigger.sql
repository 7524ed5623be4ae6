-- Statement triggers: a row trigger lets an update of no rows pass, and truncate has no rows.
create or replace function accounting.tg_export_runs__append_only ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'AX021',
    message = 'the audit trail is append-only',
    detail = pg_catalog.format('%s on %I.%I', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME),
    hint = 'What was wrong is corrected by a later row, never by changing this one.';
end;
$$;

create or replace trigger refuse_update
  before update on accounting.export_runs
  for each statement
  execute function accounting.tg_export_runs__append_only();

create or replace trigger refuse_delete
  before delete on accounting.export_runs
  for each statement
  execute function accounting.tg_export_runs__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.export_runs
  for each statement
  execute function accounting.tg_export_runs__append_only();

create or replace trigger refuse_delete
  before delete on accounting.audit_heads
  for each statement
  execute function accounting.tg_export_runs__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.audit_heads
  for each statement
  execute function accounting.tg_export_runs__append_only();

create or replace trigger refuse_update
  before update on accounting.integration_resumptions
  for each statement
  execute function accounting.tg_export_runs__append_only();

create or replace trigger refuse_delete
  before delete on accounting.integration_resumptions
  for each statement
  execute function accounting.tg_export_runs__append_only();

create or replace trigger refuse_truncate
  before truncate on accounting.integration_resumptions
  for each statement
  execute function accounting.tg_export_runs__append_only();

alter table accounting.export_runs enable always trigger refuse_update;
alter table accounting.export_runs enable always trigger refuse_delete;
alter table accounting.export_runs enable always trigger refuse_truncate;
alter table accounting.audit_heads enable always trigger refuse_delete;
alter table accounting.audit_heads enable always trigger refuse_truncate;
alter table accounting.integration_resumptions enable always trigger refuse_update;
alter table accounting.integration_resumptions enable always trigger refuse_delete;
alter table accounting.integration_resumptions enable always trigger refuse_truncate;
