-- A person removed delivered claims from the ledger: they may be exported again. The trail names
-- the ids that were removed, so that what is left of them (a reversal) isn't taken for a booking.
-- Not before the quarantine is over, for a late request could book them anew; a file can't come late.
-- A run that waits with its file for an import is over once none of its claims is left in it. Claims
-- that were found in the ledger without a run are voided with p_run_id null. Lock order: run, claims
-- sorted, reservations sorted, head, claim questions.
create or replace function accounting.void_claims (
  p_organisation_id uuid,
  p_run_id uuid,
  p_claim_ids uuid[],
  p_evidence text
)
  returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_evidence text := accounting.require_words(p_evidence, 'the evidence');
  v_run accounting.export_requests;
begin
  perform accounting.check_claim_ids(p_claim_ids);
  if p_run_id is null then
    perform accounting.lock_claims_of(p_organisation_id, array[]::uuid[], p_claim_ids);
    v_run.quarantine_until := accounting.found_quarantine_until(p_organisation_id, p_claim_ids);
  else
    v_run := accounting.require_run(p_organisation_id, p_run_id);
  end if;
  if v_run.quarantine_until > accounting.clock() and v_run.system is distinct from 'file' then
    perform accounting.raise_too_early(v_run);
  end if;
  perform accounting.require_delivered(p_organisation_id, p_run_id, p_claim_ids);
  perform accounting.append_decision(
    p_organisation_id, p_run_id, 'voided', p_claim_ids, v_evidence,
    accounting.booked_ids_of(p_organisation_id, p_run_id, p_claim_ids)
  );
  update accounting.claim_reservations as r
  set outcome = 'voided',
    delivered_at = null,
    released_at = coalesce(r.released_at, accounting.clock()),
    booked_late_at = null,
    fault = null,
    faulted_at = null
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id = any (p_claim_ids);
  -- Another run may have booked the claim too: then that one has exported it.
  update accounting.claims as c
  set exported_at = other.delivered_at,
    exported_run_id = other.run_id,
    flagged_at = null,
    flagged_reason = null,
    flagged_by = null
  from pg_catalog.unnest(p_claim_ids) as named (id)
  left join accounting.claim_reservations as other
    on other.organisation_id = p_organisation_id
    and other.claim_id = named.id
    and other.verdict = 'exportable'
    and other.delivered_at is not null
    and other.released_at is null
  where c.organisation_id = p_organisation_id
    and c.id = named.id
    and (
      c.exported_run_id is not distinct from p_run_id
      or (v_run.state = 'produced' and c.exported_at is null)
    );
  delete from accounting.claim_questions as q
  where q.organisation_id = p_organisation_id
    and q.claim_id = any (p_claim_ids)
    and p_run_id is null;
  perform accounting.end_empty_file(v_run);
  return pg_catalog.cardinality(p_claim_ids);
end;
$$;

comment on function accounting.void_claims(uuid, uuid, uuid[], text) is
  'Releases delivered claims that a person removed from the ledger, and returns how many. Raises '
  'AX001 to AX004, AX016, AX017, AX019, AX026.';
