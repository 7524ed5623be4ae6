-- Somebody doubts whether claims are in the ledger. Flagged ones aren't exported until asking has
-- answered: by the run that holds the claim (a start that meets a flag asks first), beside the
-- state of the run that delivered it, or without a run.
-- Lock order: runs sorted, claims sorted, claim questions.
create or replace function accounting.flag_claims (
  p_organisation_id uuid,
  p_claim_ids uuid[],
  p_reason text,
  p_flagged_by text
)
  returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_run_ids uuid[];
begin
  v_run_ids := array(
    select r.run_id
    from accounting.claim_reservations as r
    where r.organisation_id = p_organisation_id
      and r.claim_id = any (p_claim_ids)
      and r.verdict = 'exportable'
      and r.released_at is null
  );
  perform accounting.lock_runs(p_organisation_id, v_run_ids);
  perform accounting.lock_claims_of(p_organisation_id, v_run_ids, p_claim_ids);

  update accounting.claims as c
  set flagged_at = v_now,
    flagged_reason = accounting.sanitise_error(p_reason),
    flagged_by = p_flagged_by
  where c.organisation_id = p_organisation_id
    and c.id = any (p_claim_ids);

  update accounting.export_requests as e
  set ask_at = v_now,
    question_count = 0
  where e.organisation_id = p_organisation_id
    and (e.ended_at is not null or e.state = 'produced')
    -- Looked up again: a run may have taken a claim, and ended, while this waited for the locks.
    and e.run_id in (
      select r.run_id
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.claim_id = any (p_claim_ids)
        and r.verdict = 'exportable'
        and r.released_at is null
    );

  perform accounting.ask_without_run(p_organisation_id, p_claim_ids);
  perform pg_catalog.pg_notify('accounting_export', '');
  return pg_catalog.cardinality(p_claim_ids);
end;
$$;

comment on function accounting.flag_claims(uuid, uuid[], text, text) is
  'Flags claims and has the ledger asked for them; returns how many.';
