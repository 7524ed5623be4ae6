-- The rule that holds, or the strictest one until the organisation has set its own.
create or replace function accounting.declaration_rule_of (p_organisation_id uuid)
  returns accounting.declaration_rules
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rule accounting.declaration_rules;
begin
  select * into v_rule
  from accounting.declaration_rules as r
  where r.organisation_id = p_organisation_id
  order by r.rule_no desc
  limit 1;
  if not found then
    v_rule.organisation_id := p_organisation_id;
    v_rule.rule_no := 0;
    v_rule.validity := 'each_version';
    v_rule.needs_another_signer := false;
    v_rule.language := 'nb';
  end if;
  return v_rule;
end;
$$;

comment on function accounting.declaration_rule_of(uuid) is
  'How the organisation handles its declaration; rule_no 0: the defaults, it has set nothing.';
