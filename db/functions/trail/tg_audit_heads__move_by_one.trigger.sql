-- A head moves forward by exactly one row.
create or replace function accounting.tg_audit_heads__move_by_one ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if NEW.organisation_id <> OLD.organisation_id or NEW.seq <> OLD.seq + 1 then
    raise exception using
      errcode = 'AX021',
      message = 'the head of the audit trail moves forward by one row at a time',
      detail = pg_catalog.format('from seq %s to seq %s', OLD.seq, NEW.seq),
      hint = 'Only accounting.append_export_run moves it.';
  end if;
  return NEW;
end;
$$;

create or replace trigger move_by_one
  before update on accounting.audit_heads
  for each row
  execute function accounting.tg_audit_heads__move_by_one();

alter table accounting.audit_heads enable always trigger move_by_one;
