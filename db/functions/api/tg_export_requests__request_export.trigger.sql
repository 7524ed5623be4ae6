-- The guard stands at the view, for a trigger on a table can't give back an existing run. Security
-- definer: so it asks first who the caller is.
create or replace function api.tg_export_requests__request_export ()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests;
  v_detail text;
  v_hint text;
begin
  v_run := accounting.request_export(
    accounting.require_organisation(array['app', 'coordinator'], NEW.organisation_id),
    NEW.claim_ids,
    accounting.token_subject()
  );
  NEW.run_id := v_run.run_id;
  NEW.organisation_id := v_run.organisation_id;
  NEW.state := v_run.state;
  NEW.claim_ids := v_run.claim_ids;
  NEW.requested_by := v_run.requested_by;
  NEW.requested_at := v_run.requested_at;
  return NEW;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
  return null;
end;
$$;

comment on function api.tg_export_requests__request_export() is
  'Makes a run of an inserted request, or gives back the one that is under way.';

create or replace trigger request_export
  instead of insert on api.export_requests
  for each row
  execute function api.tg_export_requests__request_export();
