-- An organisation's admin says that what made the integration pause is mended.
create or replace function api.resume_integration (p_system text, p_evidence text)
  returns table (system text, is_resumed boolean)
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_evidence text;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['organisation_admin']);
  v_evidence := accounting.require_words(p_evidence, 'the evidence');
  return query
    select p_system,
      accounting.resume_integration(
        v_organisation_id, p_system, accounting.token_subject(), v_evidence
      );
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.resume_integration(text, text) is
  'Lets a paused integration send again. For an organisation''s admin; who, when and why is kept in '
  'integration_resumptions. is_resumed false: it was not paused.';
