-- What a driver would see, with an invented name. Placeholders that aren't known stay as they are.
create or replace function api.preview_declaration (
  p_template_id uuid,
  p_version integer
)
  returns table (
    content text, content_html text, way_of_acknowledging text, body_sha256 text, problems text[]
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_template accounting.declaration_templates;
  v_content text;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['organisation_admin']);
  v_template := accounting.require_template(v_organisation_id, p_template_id, p_version);
  -- Not published yet: it shows how a day looks.
  v_template.valid_from := coalesce(
    v_template.valid_from, (accounting.clock() at time zone 'Europe/Oslo')::date
  );
  v_content := accounting.fill_in(
    v_template.body, accounting.declaration_values(v_template, 'Kari Eksempel')
  );
  return query
    select v_content, accounting.as_html(v_content), v_template.way_of_acknowledging,
      v_template.body_sha256, v_template.problems;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.preview_declaration(uuid, integer) is
  'A version as a driver would see it, with a made-up name; what a signer reads.';
