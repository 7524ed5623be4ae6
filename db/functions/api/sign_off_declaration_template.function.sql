-- An organisation_admin answers for a text and for the way in which it is acknowledged.
create or replace function api.sign_off_declaration_template (
  p_template_id uuid,
  p_version integer,
  p_body_sha256 text,
  p_way_of_acknowledging text,
  p_reference text
)
  returns table (
    template_id uuid, version integer, state text, signed_off_at timestamptz, signed_off_by text
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
    select t.id, t.version, t.state, t.signed_off_at, t.signed_off_by
    from accounting.sign_off_template(
      v_organisation_id, p_template_id, p_version, p_body_sha256, p_way_of_acknowledging,
      p_reference, accounting.require_subject()
    ) as t;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.sign_off_declaration_template(uuid, integer, text, text, text) is
  'Fixes the text and the way of a draft, which the signer names as they were read; p_reference '
  'says on what it was decided.';
