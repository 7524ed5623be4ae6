-- A driver takes back all that was acknowledged. From that day on nothing of it counts.
create or replace function api.withdraw_acknowledgement ()
  returns table (
    withdrawn_at timestamptz, template_id uuid, version integer
  )
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_driver_id text;
  v_act_no integer;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['driver']);
  v_driver_id := accounting.require_driver_id();
  v_act_no := accounting.withdraw_acknowledgement(v_organisation_id, v_driver_id);
  return query
    select a.acted_at, a.template_id, a.version
    from accounting.declaration_acknowledgements as a
    where a.organisation_id = v_organisation_id
      and a.driver_id = v_driver_id
      and a.act_no = v_act_no;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.withdraw_acknowledgement() is
  'Takes back what the signed-in driver acknowledged: it counts up to yesterday. Again is harmless.';
