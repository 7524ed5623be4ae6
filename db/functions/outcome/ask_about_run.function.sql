-- Moves a run that nobody carries to in_doubt, to be asked about now. The quarantine begins anew.
create or replace function accounting.ask_about_run (p_run accounting.export_requests)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
begin
  update accounting.export_requests as e
  set state = 'in_doubt',
    review_reason = null,
    question_count = 0,
    in_doubt_since = coalesce(e.in_doubt_since, v_now),
    quarantine_until = greatest(
      e.quarantine_until,
      accounting.later(
        v_now,
        (
          select i.quarantine_ms
          from accounting.integrations as i
          where i.organisation_id = e.organisation_id
            and i.system = e.system
        )
      )
    ),
    next_attempt_at = v_now,
    lease_id = null,
    lease_expires_at = null,
    leased_by = null
  where e.organisation_id = p_run.organisation_id
    and e.run_id = p_run.run_id
    and e.state = p_run.state;
  return 'in_doubt';
end;
$$;

comment on function accounting.ask_about_run(accounting.export_requests) is
  'Moves a waiting run to in_doubt, due now; returns the state.';
