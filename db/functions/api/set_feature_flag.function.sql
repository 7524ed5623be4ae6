-- An organisation_admin switches a feature on or off.
create or replace function api.set_feature_flag (
  p_name text,
  p_is_enabled boolean,
  p_reason text
)
  returns table (name text, is_enabled boolean, changed_at timestamptz)
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
  perform accounting.require_subject();
  perform accounting.set_feature_flag(v_organisation_id, p_name, p_is_enabled, p_reason);
  return query
    select f.name, f.is_enabled, f.changed_at
    from accounting.feature_flags as f
    where f.organisation_id = v_organisation_id
      and f.name = p_name;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.set_feature_flag(text, boolean, text) is
  'Switches a feature of the organisation on or off, with a reason that stays on record.';
