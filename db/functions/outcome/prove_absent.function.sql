-- A person says that the ledger has nothing of the claims that are open, and never will: they are
-- released. Not before the quarantine is over, for a late request could still book them.
create or replace function accounting.prove_absent (
  p_run accounting.export_requests,
  p_evidence text,
  p_external_ids jsonb
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_claim_ids uuid[];
begin
  if p_external_ids is not null then
    raise exception using
      errcode = 'AX025',
      message = 'proved_absent takes no p_external_ids',
      hint = 'It concerns all open claims of the run. What the ledger has, book by hand first.';
  end if;
  if p_run.quarantine_until > v_now then
    perform accounting.raise_too_early(p_run);
  end if;
  v_claim_ids := accounting.claims_in_question(p_run.organisation_id, p_run.run_id);
  perform accounting.append_decision(
    p_run.organisation_id, p_run.run_id, 'proved_absent', v_claim_ids, p_evidence
  );
  update accounting.claim_reservations as r
  set outcome = case r.outcome when 'rejected' then r.outcome else 'proved_absent' end,
    absence_proved_at = v_now
  where r.organisation_id = p_run.organisation_id
    and r.run_id = p_run.run_id
    and r.claim_id = any (v_claim_ids);
  perform accounting.clear_flags(p_run.organisation_id, v_claim_ids, v_now);
end;
$$;

comment on function accounting.prove_absent(accounting.export_requests, text, jsonb) is
  'Notes that the ledger has none of a run''s open claims; raises AX026 within the quarantine.';
