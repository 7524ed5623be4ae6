-- A new doubt begins a new quarantine: from the later of the lease's end and now. Never shortened.
create or replace function accounting.extend_quarantine (
  p_run accounting.export_requests,
  p_integration accounting.integrations
)
  returns timestamptz
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_until timestamptz := greatest(
    p_run.quarantine_until,
    accounting.later(
      greatest(p_run.lease_expires_at, accounting.clock()), p_integration.quarantine_ms
    )
  );
begin
  update accounting.export_requests as e
  set quarantine_until = v_until,
    in_doubt_since = coalesce(e.in_doubt_since, accounting.clock())
  where e.organisation_id = p_run.organisation_id
    and e.run_id = p_run.run_id
    and e.state = p_run.state;
  return v_until;
end;
$$;

comment on function accounting.extend_quarantine(
  accounting.export_requests, accounting.integrations
) is 'Sets quarantine_until for a run with a new unknown outcome, and returns it.';
