-- Flags every claim of an organisation that isn't exported as far as we know, moves its waiting runs
-- to in_doubt, and has recently ended ones asked about again. Nobody releases anything before a new
-- quarantine is over.
create or replace function accounting.doubt_what_is_open (
  p_organisation_id uuid,
  p_reason text,
  p_recent interval
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_run accounting.export_requests;
begin
  perform
  from accounting.export_requests as e
  where e.organisation_id = p_organisation_id
    and (e.ended_at is null or e.ended_at >= v_now - p_recent)
  order by e.run_id
  for update;
  -- Somebody may have sent them in the history that was lost, a moment ago.
  update accounting.export_requests as e
  set quarantine_until = greatest(
    e.quarantine_until, accounting.later(v_now, i.quarantine_ms)
  )
  from accounting.integrations as i
  where e.organisation_id = p_organisation_id
    and e.state = 'needs_review'
    and i.organisation_id = e.organisation_id
    and i.system = e.system;
  perform accounting.flag_open_claims(p_organisation_id, p_reason);
  for v_run in
    select *
    from accounting.export_requests as e
    where e.organisation_id = p_organisation_id
      and e.state in ('queued', 'retry_wait', 'in_doubt')
    order by e.run_id
  loop
    perform accounting.doubt_open_claims(p_organisation_id, v_run.run_id);
    perform accounting.ask_about_run(v_run);
  end loop;
  update accounting.export_requests as e
  set ask_at = v_now,
    question_count = 0
  where e.organisation_id = p_organisation_id
    and e.ended_at >= v_now - p_recent
    and e.attempt_no > 0;
end;
$$;

comment on function accounting.doubt_what_is_open(uuid, text, interval) is
  'Has the ledger asked for an organisation''s open claims, and about its recently ended runs.';
