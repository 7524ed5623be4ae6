-- The ledger was asked again and agrees.
create or replace function accounting.clear_faults (
  p_run accounting.export_requests,
  p_claim_ids uuid[]
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update accounting.claim_reservations as r
  set fault = case when r.is_fault_told then r.fault end, -- a follow-up takes it back itself
    faulted_at = case when r.is_fault_told then r.faulted_at end,
    absent_at = null,
    booked_late_at = null
  where r.organisation_id = p_run.organisation_id
    and r.run_id = p_run.run_id
    and r.claim_id = any (p_claim_ids)
    and r.delivered_at is not null
    and r.released_at is null;
  perform accounting.clear_flags(p_run.organisation_id, p_claim_ids, p_run.question_started_at);
end;
$$;

comment on function accounting.clear_faults(accounting.export_requests, uuid[]) is
  'Clears faults and flags of delivered claims that the ledger has as we know them.';
