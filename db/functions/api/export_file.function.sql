-- The file of a run, for a coordinator to import. The answer's type depends on what the caller
-- accepts, so it is told in the headers. Nothing on the way may keep it: it holds personal data.
create or replace function api.export_file (p_run_id uuid)
  returns api."*/*"
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_accept text := nullif(pg_catalog.current_setting('request.headers', true), '')::json ->> 'accept';
  v_organisation_id uuid;
  v_file accounting.export_files;
  v_media_type text;
  v_given record;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['coordinator']);
  v_file := accounting.require_file(v_organisation_id, p_run_id);
  v_media_type :=
    accounting.accepted_media_type(v_accept, accounting.media_types_of(v_file.format));
  if v_media_type is null then
    raise exception using
      errcode = 'AX027',
      message = 'the file can''t be given in that type',
      detail = 'Accept: ' || pg_catalog.left(v_accept, 200),
      hint = 'Accept text/csv or application/json.';
  end if;
  select * into strict v_given from accounting.file_as(v_file, v_media_type);
  perform pg_catalog.set_config(
    'response.headers',
    pg_catalog.json_build_array(
      pg_catalog.json_build_object('Content-Type', v_media_type || '; charset=utf-8'),
      pg_catalog.json_build_object(
        'Content-Disposition', 'attachment; filename="' || v_given.name || '"'
      ),
      pg_catalog.json_build_object('Cache-Control', 'no-store')
    )::text,
    true
  );
  return v_given.content;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.export_file(uuid) is
  'The file of a run as text/csv or application/json, by Accept; its own type where both will do. '
  'AX027: neither will. AX028: a claim in it was voided.';
