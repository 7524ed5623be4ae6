-- A version that drivers have been, or will be, shown. Drafts are answered as what there isn't: they
-- are nobody's but the authors'.
create or replace function accounting.require_published (
  p_organisation_id uuid,
  p_template_id uuid,
  p_version integer
)
  returns accounting.declaration_templates
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_template accounting.declaration_templates;
begin
  select * into v_template
  from accounting.declaration_templates as t
  where t.organisation_id = p_organisation_id
    and t.id = p_template_id
    and t.version = p_version
    and t.state = 'published';
  if not found then
    raise exception using
      errcode = 'AX032',
      message = 'there is no such version of the declaration',
      detail = pg_catalog.format('%s, version %s', p_template_id, p_version),
      hint = 'Take both from current_declaration. Nothing was stored.';
  end if;
  return v_template;
end;
$$;

comment on function accounting.require_published(uuid, uuid, integer) is
  'The version, if it was published; raises AX032.';
