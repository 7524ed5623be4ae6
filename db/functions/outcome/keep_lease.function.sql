-- For a short delay the dispatcher keeps the run and waits itself.
create or replace function accounting.keep_lease (
  p_run accounting.export_requests,
  p_keep_lease_ms integer
)
  returns table (retry_in_ms integer, is_kept boolean)
  language plpgsql
  set search_path = ''
as $$
declare
  v_run accounting.export_requests;
  v_wait_ms double precision;
  v_lease_ms double precision;
begin
  select * into strict v_run
  from accounting.export_requests as e
  where e.organisation_id = p_run.organisation_id
    and e.run_id = p_run.run_id;
  if v_run.state <> 'retry_wait' then
    return query select null::integer, false;
    return;
  end if;
  v_wait_ms := greatest(extract(epoch from (v_run.next_attempt_at - accounting.clock())) * 1000, 0);
  v_lease_ms := extract(epoch from (p_run.lease_expires_at - accounting.clock())) * 1000;
  if v_wait_ms >= p_keep_lease_ms or v_lease_ms < v_wait_ms + 500 then
    return query select pg_catalog.ceil(v_wait_ms)::integer, false;
    return;
  end if;
  update accounting.export_requests as e
  set lease_id = p_run.lease_id,
    lease_expires_at = p_run.lease_expires_at,
    leased_by = p_run.leased_by
  where e.organisation_id = p_run.organisation_id
    and e.run_id = p_run.run_id
    and e.state = 'retry_wait';
  return query select pg_catalog.ceil(v_wait_ms)::integer, true;
end;
$$;

comment on function accounting.keep_lease(accounting.export_requests, integer) is
  'Leaves the lease with its dispatcher if the wait is shorter than it asks for and the lease '
  'outlives it.';
