-- The version is not where that act begins.
create or replace function accounting.raise_wrong_template_state (
  p_template accounting.declaration_templates,
  p_expected text
)
  returns void
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'AX033',
    message = 'the version isn''t in a state for that',
    detail = pg_catalog.format(
      'version %s (%s) is %s, and not %s',
      p_template.version, p_template.language, p_template.state, p_expected
    ),
    hint = 'What was signed off is never changed: write the next version.';
end;
$$;

comment on function accounting.raise_wrong_template_state(accounting.declaration_templates, text) is
  'Raises AX033.';
