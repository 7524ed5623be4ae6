-- Sets how an organisation handles its declaration. What it set before stays on record.
create or replace function accounting.set_declaration_rules (
  p_organisation_id uuid,
  p_validity text,
  p_needs_another_signer boolean,
  p_language text,
  p_retention_months integer,
  p_reason text,
  p_actor text
)
  returns accounting.declaration_rules
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reason text := accounting.require_words(p_reason, 'the reason');
  v_rule accounting.declaration_rules;
  v_constraint text;
begin
  perform accounting.lock_organisation(p_organisation_id);
  insert into accounting.declaration_rules (
    organisation_id, rule_no, validity, needs_another_signer, language, retention_months, changed_by,
    reason
  )
  values (
    p_organisation_id, (accounting.declaration_rule_of(p_organisation_id)).rule_no + 1, p_validity,
    p_needs_another_signer, p_language, p_retention_months, p_actor,
    accounting.sanitise_error(v_reason)
  )
  returning * into v_rule;
  return v_rule;
exception when check_violation or not_null_violation then
  get stacked diagnostics v_constraint = constraint_name;
  raise exception using
    errcode = 'AX041',
    message = 'the rules are not valid',
    detail = coalesce(
      nullif(pg_catalog.replace(v_constraint, '_', ' '), ''), 'one of them is missing'
    ),
    hint = 'validity is once, yearly or each_version; language a code such as nb; retention_months 1 '
      'to 600, or null.';
end;
$$;

comment on function accounting.set_declaration_rules(
  uuid, text, boolean, text, integer, text, text
) is
  'Sets validity, four eyes, language and retention. Raises AX017, AX041.';
