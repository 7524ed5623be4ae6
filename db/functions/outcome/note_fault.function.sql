-- Something is wrong with what was delivered; api.export_attention shows it.
create or replace function accounting.note_fault (
  p_run accounting.export_requests,
  p_claim_ids uuid[],
  p_fault text
)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  update accounting.claim_reservations as r
  set fault = coalesce(p_fault, 'the ledger disagrees'),
    faulted_at = coalesce(r.faulted_at, accounting.clock()),
    is_fault_told = false
  where r.organisation_id = p_run.organisation_id
    and r.run_id = p_run.run_id
    and r.claim_id = any (p_claim_ids);
$$;

comment on function accounting.note_fault(accounting.export_requests, uuid[], text) is
  'Notes what is wrong with claims that an ended run delivered or released.';
