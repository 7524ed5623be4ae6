-- The guard's verdicts without a request.
create or replace function api.check_export (
  p_claim_ids uuid[],
  p_organisation_id uuid default null
)
  returns table (
    claim_id uuid, reference text, verdict text, detail text, run_id uuid
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id :=
    accounting.require_organisation(array['app', 'coordinator'], p_organisation_id);
  perform accounting.check_claim_ids(p_claim_ids);
  perform accounting.require_integration(v_organisation_id);
  return query
    select j.claim_id, j.reference, j.verdict, j.detail, j.blocking_run_id
    from accounting.judge_claims(v_organisation_id, p_claim_ids) as j;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.check_export(uuid[], uuid) is
  'What the guard would say to a request for these claims, one row per claim. Stores nothing.';
