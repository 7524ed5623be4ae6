-- Puts a run down until its time: the next attempt, or the next question.
create or replace function accounting.let_wait (
  p_run accounting.export_requests,
  p_integration accounting.integrations,
  p_state text
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_question_count integer := case
    when p_run.state in ('in_doubt', 'reconciling') then p_run.question_count else 0
  end;
begin
  update accounting.export_requests as e
  set state = p_state,
    lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    in_doubt_since = case p_state when 'in_doubt' then coalesce(e.in_doubt_since, v_now) end,
    question_count = v_question_count,
    next_attempt_at = case
      when p_state = p_run.state and p_run.next_attempt_at is not null then p_run.next_attempt_at
      when p_state = 'in_doubt' then
        accounting.next_question_at(p_run, p_integration, v_question_count, p_run.quarantine_until)
      else accounting.next_send_at(p_run, p_integration)
    end
  where e.organisation_id = p_run.organisation_id
    and e.run_id = p_run.run_id
    and e.state = p_run.state;
end;
$$;

comment on function accounting.let_wait(
  accounting.export_requests, accounting.integrations, text
) is 'Moves a run to queued, retry_wait or in_doubt, with the time at which it goes on.';
