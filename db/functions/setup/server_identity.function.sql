-- Which server and database this is, and on which timeline: that of the WAL that is being written, for
-- the control file's follows later. A dump restored in place makes a database with another oid. Where a
-- hosted Postgres keeps its identifier to itself, the rest counts. Tests replace it.
create or replace function accounting.server_identity ()
  returns table (system_identifier text, timeline_id text)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
begin
  timeline_id := pg_catalog.substr(
    pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_insert_lsn()), 1, 8
  );
  if pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'execute') then
    system_identifier := (select c.system_identifier::text from pg_catalog.pg_control_system() as c);
  else
    system_identifier := 'not told';
  end if;
  system_identifier := system_identifier || ', database ' || (
    select d.oid from pg_catalog.pg_database as d where d.datname = pg_catalog.current_database()
  );
  return next;
end;
$$;

comment on function accounting.server_identity() is
  'The system identifier of this server with the database''s oid, and the timeline that it writes.';
