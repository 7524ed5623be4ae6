-- For a short delay the dispatcher keeps the run and waits itself.
create or replace function accounting.keep_lease (
  p_run accounting.export_requests,
  p_keep_lease_ms integer
)
  returns table (retry_in_ms integer, is_kept boolean)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests;
  v_wait_ms integer;
begin
  select * into strict v_run
  from accounting.export_requests as e
  where e.organisation_id = p_run.organisation_id
    and e.run_id = p_run.run_id;
  if v_run.state <> 'retry_wait' then
    return query select null::integer, false;
    return;
  end if;
  v_wait_ms := accounting.ms_until(v_run.next_attempt_at);
  if v_wait_ms >= p_keep_lease_ms or accounting.ms_until(p_run.lease_expires_at) < v_wait_ms + 500 then
    return query select v_wait_ms, false;
    return;
  end if;
  update accounting.export_requests as e
  set lease_id = p_run.lease_id,
    lease_expires_at = p_run.lease_expires_at,
    leased_by = p_run.leased_by
  where e.organisation_id = p_run.organisation_id
    and e.run_id = p_run.run_id
    and e.state = 'retry_wait';
  return query select v_wait_ms, true;
end;
$$;

comment on function accounting.keep_lease(accounting.export_requests, integer) is
  'Leaves the lease with its dispatcher if the wait is shorter than it asks for and the lease '
  'outlives it.';
