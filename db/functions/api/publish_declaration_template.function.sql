-- An organisation_admin has a version that was signed off come into force.
create or replace function api.publish_declaration_template (
  p_template_id uuid,
  p_version integer,
  p_valid_from date
)
  returns table (template_id uuid, version integer, valid_from date)
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['organisation_admin']);
  return query
    select t.id, t.version, t.valid_from
    from accounting.publish_template(
      v_organisation_id, p_template_id, p_version, p_valid_from, accounting.require_subject()
    ) as t;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.publish_declaration_template(uuid, integer, date) is
  'Has a version be in force from a day on, from today at the earliest; the one before ends the '
  'day before.';
