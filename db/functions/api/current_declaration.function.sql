-- What a driver reads, and whether there is anything left to acknowledge.
create or replace function api.current_declaration ()
  returns table (
    template_id uuid, version integer, language text, content text, content_html text,
    content_sha256 text, way_of_acknowledging text, valid_from date, is_acknowledged boolean,
    acknowledged_at timestamptz, acknowledged_version integer, acknowledged_until date,
    acknowledged_language text, acknowledged_sha256 text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_driver_id text;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['driver']);
  v_driver_id := accounting.require_driver_id();
  return query
    select * from accounting.declaration_for(v_organisation_id, v_driver_id);
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.current_declaration() is
  'The version in force today as the signed-in driver is to see it, and whether an acknowledgement '
  'counts today. No row: none is in force.';
