-- A coordinator withdraws a run that was not sent yet.
create or replace function api.cancel_export (p_run_id uuid)
  returns table (run_id uuid, integration_status text)
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['coordinator']);
  return query select p_run_id, accounting.cancel_run(v_organisation_id, p_run_id);
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.cancel_export(uuid) is
  'Ends a run that is queued, or waits to be sent again and is certain to be in no ledger; its '
  'claims may be exported again.';
