-- What a version's placeholders stand for. A name may come from anywhere: control characters, and those
-- that turn the order of letters round, become blanks.
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
    'driver_name', pg_catalog.btrim(pg_catalog.regexp_replace(
      p_driver_name,
      '[\s\u0001-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+', ' ', 'g'
    )),
    'organisation_name', o.name,
    'organisation_number', o.organisation_number,
    'valid_from', p_template.valid_from::text,
    'version', p_template.version::text
  )
  from accounting.organisations as o
  where o.id = p_template.organisation_id;
$$;

comment on function accounting.declaration_values(accounting.declaration_templates, text) is
  'The values of a version''s placeholders, by name.';
