-- Where a run stands, from what its reservations say: the one place where a state is chosen after
-- an attempt, an answer, a lapsed lease or a late row. The caller holds the run's row and claims.
-- A run that somebody carries is left alone, unless its lease is over.
create or replace function accounting.settle_run (
  p_organisation_id uuid,
  p_run_id uuid,
  p_is_lease_over boolean
)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests;
  v_integration accounting.integrations;
  v_count record;
  v_state text;
  v_is_asked_too_often boolean := false;
begin
  select * into strict v_run
  from accounting.export_requests as e
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id
  for update;
  if v_run.ended_at is not null
    or v_run.state = 'produced'
    or (v_run.lease_id is not null and not p_is_lease_over)
  then
    return v_run.state;
  end if;
  select * into strict v_integration
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.system = v_run.system;
  select * into strict v_count from accounting.count_reservations(p_organisation_id, p_run_id);

  if v_count.unknown_count > 0 and v_run.state in ('queued', 'retry_wait', 'sending') then
    v_run.quarantine_until := accounting.extend_quarantine(v_run, v_integration);
  end if;

  v_state := case
    when v_run.review_reason is not null then 'needs_review'
    when v_count.unknown_count > 0 then 'in_doubt'
    when v_count.open_count > 0 and v_run.is_abandoned
      and v_run.attempt_no >= v_integration.max_attempts then 'needs_review'
    when v_count.open_count > 0 and v_run.attempt_no = 0 then 'queued'
    when v_count.open_count > 0 and v_run.charged_attempts < v_integration.max_attempts
      then 'retry_wait'
    when v_count.unproved_count > 0 then 'in_doubt'
    when v_count.delivered_count = v_count.exportable_count and v_count.exportable_count > 0
      then 'exported'
    when v_count.delivered_count > 0 then 'partially_exported'
    when v_count.open_count > 0 then 'failed'
    when v_count.refused_count > 0 then 'rejected'
    else 'skipped'
  end;
  v_state := accounting.state_until_confirmed(v_run, v_state);
  if v_state = 'in_doubt' and v_run.state = 'reconciling' and v_run.question_count >= 20 then
    v_state := 'needs_review';
    v_is_asked_too_often := true;
  end if;

  case
    when v_state in ('queued', 'retry_wait', 'in_doubt') then
      perform accounting.let_wait(v_run, v_integration, v_state);
    when v_state = 'needs_review' then
      update accounting.export_requests as e
      set state = v_state,
        review_reason = coalesce(
          e.review_reason,
          case
            when v_is_asked_too_often
              then 'asked ' || e.question_count || ' times without a clear answer'
            else 'sent ' || e.attempt_no || ' times, and the dispatcher died in the last attempt'
          end
        ),
        next_attempt_at = null,
        lease_id = null,
        lease_expires_at = null,
        leased_by = null
      where e.organisation_id = p_organisation_id
        and e.run_id = p_run_id;
    else
      perform accounting.end_run(v_run, v_state);
  end case;
  return v_state;
end;
$$;

comment on function accounting.settle_run(uuid, uuid, boolean) is
  'Chooses and writes the state of a run from its reservations, ends the lease, returns the state.';
