-- Records one result. The caller holds the locks.
create or replace function accounting.record_result (p_result jsonb)
  returns table (
    run_id uuid, is_late boolean, state text, retry_in_ms integer, is_lease_kept boolean
  )
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid := (p_result ->> 'organisation_id')::uuid;
  v_run_id uuid := (p_result ->> 'run_id')::uuid;
  v_lease_id uuid := (p_result ->> 'lease_id')::uuid;
  v_kind text := p_result ->> 'kind';
  v_run accounting.export_requests;
  v_row accounting.export_runs;
  v_item jsonb;
  v_carries boolean;
  v_is_late boolean := false;
  v_state text;
begin
  perform accounting.check_result(p_result);
  if v_run_id is null then
    v_is_late := accounting.record_claim_answers(p_result);
    return query select null::uuid, v_is_late, null::text, null::integer, false;
    return;
  end if;
  select * into strict v_run
  from accounting.export_requests as e
  where e.organisation_id = v_organisation_id
    and e.run_id = v_run_id;
  if v_run.ask_at is not null and v_run.lease_id = v_lease_id and v_kind = 'reconciliation' then
    perform accounting.record_second_look(p_result, v_run);
    return query select v_run_id, false, v_run.state, null::integer, false;
    return;
  end if;
  v_carries := v_run.lease_id is not distinct from v_lease_id
    and v_run.attempt_no = (p_result ->> 'attempt_no')::integer
    and v_run.state = case v_kind when 'attempt' then 'sending' else 'reconciling' end;

  for v_item in
    select accounting.as_file_stored(p_result, v_run, s.item, v_carries)
    from pg_catalog.jsonb_array_elements(p_result -> 'rows') as i (item)
    cross join lateral accounting.as_first_told(p_result, v_run, i.item) as s (item)
  loop
    v_row := accounting.trail_row(p_result, v_item);
    v_row.is_late := not v_carries;
    v_row.started_at := case
      when v_carries and v_kind = 'attempt' then v_run.attempt_started_at
      when v_carries then v_run.question_started_at
    end;
    v_row := accounting.append_export_run(v_row);
    v_is_late := v_is_late or v_row.is_late;
    v_row.is_late := not v_carries;
    perform accounting.apply_outcome(
      v_row,
      v_item ->> 'failure',
      coalesce((v_item ->> 'collides')::boolean, false),
      coalesce((v_item ->> 'needs_person')::boolean, false)
    );
  end loop;

  if not v_carries then
    -- Also when the run ended long ago: what is booked late was marked above.
    v_state := accounting.settle_run(v_organisation_id, v_run_id, false);
    -- Recorded before, and the answer was lost: a kept lease is still kept.
    return query
      select v_run_id, v_is_late, v_state, accounting.ms_until(v_run.next_attempt_at),
        v_run.state = 'retry_wait' and v_run.lease_id is not distinct from v_lease_id;
    return;
  end if;

  perform accounting.note_told_wait(v_organisation_id, v_run_id, p_result -> 'rows');
  if v_kind = 'attempt' then
    if exists (
      select
      from accounting.claim_reservations as r
      join accounting.claims_to_send(v_organisation_id, v_run_id) as s on s.claim_id = r.claim_id
      where r.organisation_id = v_organisation_id
        and r.run_id = v_run_id
        and r.outcome_attempt_no is distinct from v_run.attempt_no
    ) then
      return query select v_run_id, false, 'sending'::text, null::integer, true;
      return;
    end if;
    perform accounting.charge_attempt(v_organisation_id, v_run_id);
  end if;

  perform accounting.settle_from_trail(v_organisation_id, v_run_id);
  v_state := accounting.settle_run(v_organisation_id, v_run_id, true);
  return query
    select v_run_id, false, v_state, k.retry_in_ms, k.is_kept
    from accounting.keep_lease(v_run, coalesce((p_result ->> 'keep_lease_ms')::integer, 0)) as k;
end;
$$;

comment on function accounting.record_result(jsonb) is
  'Appends the rows of one result, carries them over, and moves the run on when it is complete.';
