-- Remembers which server this is, so that another one is noticed.
create or replace function accounting.note_server ()
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  insert into accounting.database_identity (system_identifier, timeline_id)
  select h.system_identifier, h.timeline_id
  from accounting.server_identity() as h
  on conflict (is_only) do update
  set system_identifier = excluded.system_identifier,
    timeline_id = excluded.timeline_id,
    noted_at = accounting.clock();
$$;

comment on function accounting.note_server() is 'Notes the identity of this server and its timeline.';
