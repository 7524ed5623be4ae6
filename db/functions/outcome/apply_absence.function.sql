-- What "absent" is worth. For sending the same run again it counts at once where the second send
-- would collide with a late first one (R1; a run that was never sent as far as we know may have been
-- sent otherwise). Everywhere else, and before a claim is released, it
-- counts after the quarantine, twice, half a quarantine apart: an earlier answer may be too early,
-- and one answer may come from a copy that lags.
create or replace function accounting.apply_absence (
  p_organisation_id uuid,
  p_run_id uuid,
  p_claim_ids uuid[],
  p_collides boolean
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_asked_at timestamptz;
  v_quarantine_until timestamptz;
  v_gap_ms integer;
  v_was_sent boolean;
begin
  select e.quarantine_until, i.quarantine_ms / 2, coalesce(e.question_started_at, v_now),
    e.attempt_no > 0
  into strict v_quarantine_until, v_gap_ms, v_asked_at, v_was_sent
  from accounting.export_requests as e
  join accounting.integrations as i
    on i.organisation_id = e.organisation_id
    and i.system = e.system
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id;

  if v_asked_at >= v_quarantine_until then
    update accounting.claim_reservations as r
    set absent_at = coalesce(r.absent_at, v_asked_at),
      absence_proved_at = case
        when v_asked_at >= accounting.later(r.absent_at, v_gap_ms)
          then coalesce(r.absence_proved_at, v_now)
      end
    where r.organisation_id = p_organisation_id
      and r.run_id = p_run_id
      and r.claim_id = any (p_claim_ids)
      and r.delivered_at is null
      and r.released_at is null;
    update accounting.claims as c
    set flagged_at = null,
      flagged_reason = null,
      flagged_by = null
    from accounting.claim_reservations as r
    where c.organisation_id = p_organisation_id
      and c.id = any (p_claim_ids)
      and c.flagged_at is not null
      and r.organisation_id = c.organisation_id
      and r.run_id = p_run_id
      and r.claim_id = c.id
      and r.absence_proved_at is not null
      and c.flagged_at <= r.absent_at;
  end if;

  update accounting.claim_reservations as r
  set outcome = 'absent'
  from accounting.claims as c
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id = any (p_claim_ids)
    and r.outcome = 'unknown'
    and r.delivered_at is null
    and r.released_at is null
    and c.organisation_id = r.organisation_id
    and c.id = r.claim_id
    and (
      r.absence_proved_at is not null
      or (p_collides and v_was_sent and c.flagged_at is null)
    );
end;
$$;

comment on function accounting.apply_absence(uuid, uuid, uuid[], boolean) is
  'Counts an answer "absent": at once where a second send collides, else twice after the quarantine.';
