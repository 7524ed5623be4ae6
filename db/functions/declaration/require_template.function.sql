-- One version of the organisation's declaration. One and the same answer for one that there isn't and
-- for another organisation's. Whoever means to change it holds the organisation's lock.
create or replace function accounting.require_template (
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
    and t.version = p_version;
  if not found then
    raise exception using
      errcode = 'AX032',
      message = 'there is no such version of the declaration',
      detail = pg_catalog.format('%s, version %s', p_template_id, p_version),
      hint = 'An id and its version go together: take both from the same row.';
  end if;
  return v_template;
end;
$$;

comment on function accounting.require_template(uuid, uuid, integer) is
  'The version; raises AX032.';
