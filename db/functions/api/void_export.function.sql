-- A coordinator removed delivered claims from the ledger.
create or replace function api.void_export (
  p_run_id uuid,
  p_claim_ids uuid[],
  p_evidence text
)
  returns table (run_id uuid, voided_count integer)
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
    select p_run_id,
      accounting.void_claims(v_organisation_id, p_run_id, p_claim_ids, p_evidence);
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.void_export(uuid, uuid[], text) is
  'Releases delivered claims that were removed from the ledger: they may be exported again. '
  'p_run_id null: claims that were found in the ledger without a run.';
