-- Carries one trail row over to the reservations. What is booked counts always; anything else only
-- from the dispatcher that still carries the run.
create or replace function accounting.apply_outcome (
  p_row accounting.export_runs,
  p_failure text,
  p_collides boolean,
  p_needs_person boolean
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_claim_ids uuid[] := array(
    select c.id::uuid from pg_catalog.jsonb_array_elements_text(p_row.claim_ids) as c (id)
  );
  v_claim_id uuid;
begin
  if p_row.outcome in ('accepted', 'found') then
    perform accounting.mark_delivered(
      p_row.organisation_id, p_row.run_id, v_claim_ids, p_row.outcome, p_row.external_ids,
      p_row.attempt_no, case p_row.outcome when 'found' then p_row.started_at end
    );
    foreach v_claim_id in array v_claim_ids loop
      perform accounting.mark_booked_late(
        p_row.organisation_id, p_row.run_id, v_claim_id, p_row.outcome, p_row.external_ids
      );
    end loop;
    return;
  end if;
  if p_row.is_late then
    return;
  end if;

  if p_row.outcome = 'absent' then
    perform accounting.apply_absence(
      p_row.organisation_id, p_row.run_id, v_claim_ids, p_collides
    );
  elsif p_row.outcome = 'unclear' then
    if p_needs_person then
      update accounting.export_requests as e
      set review_reason = coalesce(p_row.error_message, 'the ledger disagrees')
      where e.organisation_id = p_row.organisation_id
        and e.run_id = p_row.run_id;
    end if;
    update accounting.claim_reservations as r
    set error = p_row.error_message,
      absent_at = null
    where r.organisation_id = p_row.organisation_id
      and r.run_id = p_row.run_id
      and r.claim_id = any (v_claim_ids)
      and r.delivered_at is null
      and r.released_at is null;
  else
    update accounting.claim_reservations as r
    set outcome = p_row.outcome,
      outcome_attempt_no = p_row.attempt_no,
      failure = p_failure,
      error = p_row.error_message,
      doubted_at = case p_row.outcome when 'unknown' then accounting.clock() else r.doubted_at end,
      absent_at = case p_row.outcome when 'unknown' then null else r.absent_at end,
      absence_proved_at =
        case p_row.outcome when 'unknown' then null else r.absence_proved_at end
    where r.organisation_id = p_row.organisation_id
      and r.run_id = p_row.run_id
      and r.claim_id = any (v_claim_ids)
      and r.verdict = 'exportable'
      and r.delivered_at is null
      and r.released_at is null
      and r.outcome is distinct from 'rejected'
      -- What one envelope left unknown no other one of the attempt makes certain: only asking does.
      and (r.outcome, r.outcome_attempt_no) is distinct from ('unknown', p_row.attempt_no);
  end if;
end;
$$;

comment on function accounting.apply_outcome(accounting.export_runs, text, boolean, boolean) is
  'Carries what a trail row says over to the reservations of its run.';
