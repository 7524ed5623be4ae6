-- An organisation_admin writes the draft of the declaration in one language.
create or replace function api.put_declaration_template (
  p_language text,
  p_body text,
  p_way_of_acknowledging text
)
  returns table (
    template_id uuid, language text, version integer, state text, body_sha256 text, problems text[]
  )
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['organisation_admin']);
  return query
    select t.id, t.language, t.version, t.state, t.body_sha256, t.problems
    from accounting.put_declaration_template(
      v_organisation_id, p_language, p_body, p_way_of_acknowledging, accounting.require_subject()
    ) as t;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.put_declaration_template(text, text, text) is
  'Writes the draft of a language, or begins the next version. problems: placeholders that have to '
  'go before it can be signed off.';
