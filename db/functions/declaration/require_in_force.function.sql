-- Only what is in force today may be acknowledged: neither what was superseded while it was read, nor
-- what comes later.
create or replace function accounting.require_in_force (
  p_template accounting.declaration_templates
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_today date := (accounting.clock() at time zone 'Europe/Oslo')::date;
begin
  if not exists (
    select
    from accounting.declaration_versions(p_template.organisation_id) as v
    where v.template_id = p_template.id
      and v_today between v.valid_from and v.valid_until
  ) then
    raise exception using
      errcode = 'AX037',
      message = 'that version of the declaration is not in force today',
      detail = pg_catalog.format('version %s (%s)', p_template.version, p_template.language),
      hint = 'Show current_declaration again. Nothing was stored.';
  end if;
end;
$$;

comment on function accounting.require_in_force(accounting.declaration_templates) is
  'Raises AX037 if the version isn''t in force today.';
