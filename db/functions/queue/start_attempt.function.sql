-- Starts an attempt: counted and committed before the first byte. Reads the trail first: claims
-- that are known to be booked are settled and not sent again. A claim that was flagged meanwhile is
-- asked for instead; an honorarium is left out if honoraria were switched off. Lock order: run,
-- claims sorted, reservations sorted, head.
create or replace function accounting.start_attempt (
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
  -- Also here: the lease may have been taken on another server than the one that answers now.
  perform accounting.notice_restore();
  v_run := accounting.require_lease(
    p_organisation_id, p_run_id, p_lease_id, array['queued', 'retry_wait']
  );
  if v_run.next_attempt_at > accounting.clock() then
    raise exception using
      errcode = 'AX022',
      message = 'the run is not due yet',
      detail = pg_catalog.format('run %s, due at %s', p_run_id, v_run.next_attempt_at),
      hint = 'Wait until then.';
  end if;
  if accounting.sha256_text(v_run.frozen_input::text) is distinct from v_run.input_sha256 then
    perform accounting.send_to_review(
      p_organisation_id, p_run_id, 'the frozen input was changed after the run was made'
    );
    return query select false, 'needs_review'::text, v_run.attempt_no, null::jsonb, 0, 0;
    return;
  end if;
  select * into strict v_integration
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.system = v_run.system;

  perform accounting.lock_claims_of(p_organisation_id, array[p_run_id]);
  perform accounting.settle_from_trail(p_organisation_id, p_run_id);
  perform accounting.drop_switched_off(p_organisation_id, p_run_id);
  -- With a reason for a review: the trail knows of another run that booked what this one sent too.
  if (
      select e.review_reason is not null
      from accounting.export_requests as e
      where e.organisation_id = p_organisation_id
        and e.run_id = p_run_id
    )
    or accounting.doubt_before_sending(
      p_organisation_id, p_run_id,
      case
        when v_run.attempt_no = 0
          and v_integration.restored_at > accounting.clock() - interval '1 day'
          then v_integration.restored_at
      end
    )
    or not exists (select from accounting.claims_to_send(p_organisation_id, p_run_id))
    or not v_integration.is_enabled
    or v_integration.paused_at is not null
    or v_integration.frozen_at is not null
  then
    return query
      select false, accounting.settle_run(p_organisation_id, p_run_id, true), v_run.attempt_no,
        null::jsonb, 0, 0;
    return;
  end if;

  update accounting.export_requests as e
  set state = 'sending',
    endpoint = case e.attempt_no when 0 then v_integration.endpoint else e.endpoint end,
    attempt_no = e.attempt_no + 1,
    charged_attempts = e.charged_attempts + 1,
    attempt_started_at = accounting.clock(),
    lease_expires_at = accounting.later(accounting.clock(), v_integration.lease_ms),
    next_attempt_at = null,
    retry_not_before = null,
    is_abandoned = false
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id
    and e.state = v_run.state
    and e.lease_id = p_lease_id
  returning * into strict v_run;

  return query
    select true, v_run.state, v_run.attempt_no,
      accounting.batch_of(
        p_organisation_id, p_run_id,
        array(select s.claim_id from accounting.claims_to_send(p_organisation_id, p_run_id) as s)
      ),
      v_integration.lease_ms, v_integration.send_timeout_ms;
end;
$$;

comment on function accounting.start_attempt(uuid, uuid, uuid) is
  'Moves a leased run to `sending` and returns what to send; is_started is false when nothing is '
  'to be sent any more. Raises AX020 for a stale lease, AX022 before the run is due.';
