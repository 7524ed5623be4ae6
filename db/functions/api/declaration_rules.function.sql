-- How the organisation handles its declaration: what it set last, or the defaults.
create or replace function api.declaration_rules ()
  returns table (
    validity text, needs_another_signer boolean, language text, retention_months integer,
    changed_at timestamptz, changed_by text, reason text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(
    array['coordinator', 'auditor', 'organisation_admin']
  );
  return query
    select r.validity, r.needs_another_signer, r.language, r.retention_months, r.changed_at,
      r.changed_by, r.reason
    from accounting.declaration_rule_of(v_organisation_id) as r;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.declaration_rules() is
  'The rules that hold; changed_at null: the defaults.';
