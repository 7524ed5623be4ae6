-- A dispatcher that stops, or can't go on, gives back what it has not started. Never raises: with a
-- stale lease there is nothing to give back.
create or replace function accounting.hand_back (
  p_organisation_id uuid,
  p_run_id uuid,
  p_lease_id uuid,
  p_delay_ms integer default 0
)
  returns boolean
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_at timestamptz := accounting.clock();
begin
  if p_run_id is null then
    return accounting.hand_back_claim_questions(p_organisation_id, p_lease_id, p_delay_ms)
      or accounting.hand_back_follow_up(p_organisation_id, p_lease_id, p_delay_ms);
  end if;
  update accounting.export_requests as e
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    state = case e.state when 'reconciling' then 'in_doubt' else e.state end,
    question_count = e.question_count
      - case when e.state = 'reconciling' or e.ask_at is not null then 1 else 0 end,
    -- Such a question may have begun to post.
    quarantine_until = case
      when e.state = 'reconciling' and e.frozen_input #> '{settings,post_journal}' = 'true'
        then greatest(
          e.quarantine_until,
          accounting.later(
            v_at,
            (
              select i.quarantine_ms
              from accounting.integrations as i
              where i.organisation_id = e.organisation_id
                and i.system = e.system
            )
          )
        )
      else e.quarantine_until
    end,
    ask_at = greatest(e.ask_at, case when e.ask_at is not null then accounting.later(v_at, p_delay_ms) end),
    next_attempt_at = greatest(
      e.next_attempt_at,
      case
        when e.state = 'reconciling' or p_delay_ms > 0 then accounting.later(v_at, p_delay_ms)
      end
    )
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id
    and e.lease_id = p_lease_id
    and e.lease_expires_at > v_at
    and (e.state in ('queued', 'retry_wait', 'reconciling') or e.ask_at is not null);
  return found;
end;
$$;

comment on function accounting.hand_back(uuid, uuid, uuid, integer) is
  'Gives back a leased run that was not started, or a question that was not asked, due again after '
  'p_delay_ms milliseconds; false: it was not ours any more.';
