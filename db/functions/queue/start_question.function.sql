-- What a dispatcher that leased a run for asking has to ask for: a run in doubt, one that has ended
-- and is asked about again, or (p_run_id is null) claims that no run holds.
create or replace function accounting.start_question (
  p_organisation_id uuid,
  p_run_id uuid,
  p_lease_id uuid
)
  returns table (
    is_started boolean, state text, attempt_no integer, batch jsonb, lease_ms integer,
    send_timeout_ms integer
  )
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests;
  v_integration accounting.integrations;
begin
  if p_run_id is null then
    return query
      select * from accounting.start_claim_questions(p_organisation_id, p_lease_id);
    return;
  end if;
  v_run := accounting.require_lease(p_organisation_id, p_run_id, p_lease_id, null);
  if v_run.state <> 'reconciling' and v_run.ask_at is null then
    perform accounting.raise_stale_lease(p_run_id, p_lease_id);
  end if;
  select * into strict v_integration
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.system = v_run.system;

  perform accounting.lock_claims_of(p_organisation_id, array[p_run_id]);
  perform accounting.settle_from_trail(p_organisation_id, p_run_id);
  if not exists (select from accounting.claims_to_ask_for(p_organisation_id, p_run_id)) then
    perform accounting.end_asking(v_run, null);
    return query
      select false, accounting.settle_run(p_organisation_id, p_run_id, true), v_run.attempt_no,
        null::jsonb, 0, 0;
    return;
  end if;

  update accounting.export_requests as e
  set lease_expires_at = accounting.later(accounting.clock(), v_integration.lease_ms),
    question_started_at = accounting.clock()
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id
    and e.state = v_run.state
    and e.lease_id = p_lease_id;

  return query
    select true, v_run.state, v_run.attempt_no,
      accounting.batch_of(
        p_organisation_id, p_run_id,
        array(select a.claim_id from accounting.claims_to_ask_for(p_organisation_id, p_run_id) as a)
      ),
      v_integration.lease_ms, v_integration.send_timeout_ms;
end;
$$;

comment on function accounting.start_question(uuid, uuid, uuid) is
  'What to ask about a run leased for asking; is_started is false when nothing is open any more. '
  'Raises AX020 for a stale lease.';
