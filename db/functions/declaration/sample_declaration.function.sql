-- A text as a driver would read it, with an invented name: of a file that is stored nowhere yet, or
-- of a version. Changes nothing. Without a day today's, to show how one looks.
create or replace function accounting.sample_declaration (
  p_organisation_id uuid,
  p_body text,
  p_version integer,
  p_valid_from date
)
  returns table (content text, content_html text, placeholders jsonb)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_template accounting.declaration_templates;
  v_values jsonb;
  v_content text;
begin
  v_template.organisation_id := p_organisation_id;
  v_template.version := p_version;
  v_template.valid_from :=
    coalesce(p_valid_from, (accounting.clock() at time zone 'Europe/Oslo')::date);
  v_values := accounting.declaration_values(v_template, 'Kari Eksempel');
  v_content := accounting.fill_in(p_body, v_values);
  return query
    select v_content, accounting.as_html(v_content), (
      select coalesce(pg_catalog.jsonb_object_agg(v.key, v.value), '{}')
      from pg_catalog.jsonb_each(v_values) as v
      where pg_catalog.strpos(p_body, '{{' || v.key || '}}') > 0
    );
end;
$$;

comment on function accounting.sample_declaration(uuid, text, integer, date) is
  'A text filled in with sample data, as text and as HTML, and the placeholders that it has with '
  'what they stand for.';
