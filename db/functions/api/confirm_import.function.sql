-- A coordinator imported a file into the ledger.
create or replace function api.confirm_import (p_run_id uuid, p_evidence text)
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
  return query
    select p_run_id, accounting.confirm_import(v_organisation_id, p_run_id, p_evidence);
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.confirm_import(uuid, text) is
  'Says that the file of a produced run was imported: its claims are exported. The evidence goes '
  'into the trail.';
