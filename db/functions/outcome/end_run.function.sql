-- Ends a run, or leaves it with its file to a person (produced). What was not delivered is released:
-- the caller made sure that nothing of it is in doubt, so another request may take it.
create or replace function accounting.end_run (p_run accounting.export_requests, p_state text)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
begin
  update accounting.claim_reservations as r
  set released_at = v_now
  where r.organisation_id = p_run.organisation_id
    and r.run_id = p_run.run_id
    and r.verdict = 'exportable'
    and r.delivered_at is null
    and r.released_at is null;

  update accounting.export_requests as e
  set state = p_state,
    ended_at = case when p_state <> 'produced' then v_now end,
    exported_at = case when p_state in ('exported', 'partially_exported') then v_now end,
    next_attempt_at = null,
    in_doubt_since = null,
    unreachable_since = null,
    review_reason = null,
    -- Flagged while it was being sent: it is asked about now.
    ask_at = (
      select v_now
      from accounting.claim_reservations as r
      join accounting.claims as c
        on c.organisation_id = r.organisation_id
        and c.id = r.claim_id
      where r.organisation_id = e.organisation_id
        and r.run_id = e.run_id
        and r.delivered_at is not null
        and r.released_at is null
        and c.flagged_at is not null
      limit 1
    ),
    question_count = 0,
    lease_id = null,
    lease_expires_at = null,
    leased_by = null
  where e.organisation_id = p_run.organisation_id
    and e.run_id = p_run.run_id
    and e.state = p_run.state;

  perform accounting.note_unposted(
    p_run,
    (
      select pg_catalog.jsonb_object_agg(r.claim_id, coalesce(r.external_ids, '[]'))
      from accounting.claim_reservations as r
      where r.organisation_id = p_run.organisation_id
        and r.run_id = p_run.run_id
    )
  );

  -- What was flagged and is released now: nobody else would ask for it.
  perform accounting.ask_without_run(
    p_run.organisation_id,
    array(
      select r.claim_id
      from accounting.claim_reservations as r
      where r.organisation_id = p_run.organisation_id
        and r.run_id = p_run.run_id
        and r.released_at = v_now
    )
  );
end;
$$;

comment on function accounting.end_run(accounting.export_requests, text) is
  'Moves a run to an ended state, or to produced, and releases what was not delivered.';
