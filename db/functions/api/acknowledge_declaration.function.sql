-- A driver consents to the text that was shown. p_typed_name if the version asks for one.
create or replace function api.acknowledge_declaration (
  p_template_id uuid,
  p_version integer,
  p_content_sha256 text,
  p_typed_name text default null,
  p_channel text default 'web'
)
  returns table (
    template_id uuid, version integer, language text, content_sha256 text,
    way_of_acknowledging text, acknowledged_at timestamptz, acknowledged_until date
  )
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_driver_id text;
  v_act_no integer;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['driver']);
  v_driver_id := accounting.require_driver_id();
  v_act_no := accounting.acknowledge(
    v_organisation_id, v_driver_id, p_template_id, p_version, p_content_sha256, p_typed_name, p_channel
  );
  return query
    select a.template_id, a.version, a.language, a.content_sha256, a.way_of_acknowledging, a.acted_at,
      nullif(d.last_day, 'infinity')
    from accounting.declaration_acknowledgements as a
    join accounting.acknowledged_days(v_organisation_id, array[v_driver_id]) as d
      on d.act_no = a.act_no
    where a.organisation_id = v_organisation_id
      and a.driver_id = v_driver_id
      and a.act_no = v_act_no;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.acknowledge_declaration(uuid, integer, text, text, text) is
  'Records the signed-in driver''s consent to exactly the text whose SHA-256 is given, as '
  'current_declaration gave it. Again is harmless: the first row comes back.';
