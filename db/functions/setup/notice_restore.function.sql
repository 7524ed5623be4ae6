-- Notices that this database runs on another server, or another timeline, than when it was last
-- looked at: restored from a backup, copied, or failed over to a standby that may have missed the
-- last commits. Then what it knows may be old, and nothing is sent before the ledgers were asked.
create or replace function accounting.notice_restore ()
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_here record;
  v_known accounting.database_identity;
begin
  select * into strict v_here from accounting.server_identity();
  select * into v_known from accounting.database_identity;
  if (v_known.system_identifier, v_known.timeline_id)
    = (v_here.system_identifier, v_here.timeline_id)
  then
    return;
  end if;
  if v_known.is_only is null then
    perform accounting.note_server(); -- the first look
    return;
  end if;

  select * into v_known from accounting.database_identity for update;
  if (v_known.system_identifier, v_known.timeline_id)
    = (v_here.system_identifier, v_here.timeline_id)
  then
    return; -- somebody else was faster
  end if;
  perform accounting.freeze(
    case
      when v_known.system_identifier <> v_here.system_identifier
        then 'the database was restored or copied to another server'
      else 'the database failed over to another server or was restored to an earlier time'
    end
  );
end;
$$;

comment on function accounting.notice_restore() is
  'Freezes every integration if the server or its timeline is another one than before.';
