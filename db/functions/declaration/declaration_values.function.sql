-- What a version's placeholders stand for.
create or replace function accounting.declaration_values (
  p_template accounting.declaration_templates,
  p_driver_name text
)
  returns jsonb
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.jsonb_build_object(
    'driver_name', accounting.one_line(p_driver_name),
    'organisation_name', accounting.one_line(o.name),
    'organisation_number', o.organisation_number,
    'valid_from', p_template.valid_from::text,
    'version', p_template.version::text
  )
  from accounting.organisations as o
  where o.id = p_template.organisation_id;
$$;

comment on function accounting.declaration_values(accounting.declaration_templates, text) is
  'The values of a version''s placeholders, by name.';
