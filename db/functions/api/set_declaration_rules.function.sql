-- An organisation_admin sets how the declaration is handled.
create or replace function api.set_declaration_rules (
  p_validity text,
  p_needs_another_signer boolean,
  p_language text,
  p_retention_months integer,
  p_reason text
)
  returns table (
    validity text, needs_another_signer boolean, language text, retention_months integer,
    changed_at timestamptz
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
    select r.validity, r.needs_another_signer, r.language, r.retention_months, r.changed_at
    from accounting.set_declaration_rules(
      v_organisation_id, p_validity, p_needs_another_signer, p_language, p_retention_months,
      p_reason, accounting.require_subject()
    ) as r;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.set_declaration_rules(text, boolean, text, integer, text) is
  'Sets for how long an acknowledgement counts (once, yearly, each_version), whether the signer is '
  'another person than the authors, the language where a driver''s own has no version, and the '
  'retention in months.';
