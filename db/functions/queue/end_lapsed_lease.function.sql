-- What becomes of one run whose lease has lapsed. The caller holds its row and its claims.
create or replace function accounting.end_lapsed_lease (p_run accounting.export_requests)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row accounting.export_runs;
  v_lost uuid[];
begin
  if p_run.state = 'sending' then
    select pg_catalog.array_agg(r.claim_id order by r.claim_id) into v_lost
    from accounting.claim_reservations as r
    join accounting.claims_to_send(p_run.organisation_id, p_run.run_id) as s
      on s.claim_id = r.claim_id
    where r.organisation_id = p_run.organisation_id
      and r.run_id = p_run.run_id
      and r.outcome_attempt_no is distinct from p_run.attempt_no
      and not exists (
        select
        from accounting.booked_claims(p_run.organisation_id, array[r.claim_id::text]) as b
        where b.run_id = p_run.run_id
      );

    if v_lost is not null then
      v_row.organisation_id := p_run.organisation_id;
      v_row.run_id := p_run.run_id;
      v_row.kind := 'attempt';
      v_row.outcome := 'unknown';
      v_row.attempt_no := p_run.attempt_no;
      v_row.envelope_no := 0;
      v_row.lease_id := p_run.lease_id;
      v_row.claim_ids := pg_catalog.to_jsonb(v_lost);
      v_row.error_message := 'The dispatcher gave no answer before its lease ended: '
        || p_run.leased_by;
      v_row.mapper_version := p_run.mapper_version;
      v_row.actor := 'sweep';
      v_row.started_at := p_run.attempt_started_at;
      perform accounting.append_export_run(v_row);
      perform accounting.apply_outcome(v_row, null, false, false);
    end if;
    -- Only now: what this attempt sent is in doubt, also where another run turns out to have booked it.
    perform accounting.settle_from_trail(p_run.organisation_id, p_run.run_id);
    update accounting.export_requests as e
    set is_abandoned = true
    where e.organisation_id = p_run.organisation_id
      and e.run_id = p_run.run_id;
  end if;

  if p_run.state = 'reconciling'
    and p_run.frozen_input #> '{settings,post_journal}' = 'true'
  then
    -- Such a question may post, and be at it still: the next one waits as after a lost attempt.
    perform accounting.extend_quarantine(p_run, i)
    from accounting.integrations as i
    where i.organisation_id = p_run.organisation_id
      and i.system = p_run.system;
  end if;

  if p_run.state in ('sending', 'reconciling') then
    perform accounting.settle_run(p_run.organisation_id, p_run.run_id, true);
  elsif p_run.ask_at is not null then
    perform accounting.end_asking(p_run, 'the dispatcher gave no answer before its lease ended');
  else
    update accounting.export_requests as e
    set lease_id = null,
      lease_expires_at = null,
      leased_by = null
    where e.organisation_id = p_run.organisation_id
      and e.run_id = p_run.run_id;
  end if;
end;
$$;

comment on function accounting.end_lapsed_lease(accounting.export_requests) is
  'Ends one lapsed lease: an attempt or a question goes to in_doubt, a waiting run is set free.';
