-- A dispatcher that stops gives back what it has not started. Never raises: with a stale lease
-- there is nothing to give back.
create or replace function accounting.hand_back (
  p_organisation_id uuid,
  p_run_id uuid,
  p_lease_id uuid
)
  returns boolean
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  update accounting.export_requests as e
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    state = case e.state when 'reconciling' then 'in_doubt' else e.state end,
    next_attempt_at = case e.state when 'reconciling' then accounting.clock() else e.next_attempt_at end
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id
    and e.lease_id = p_lease_id
    and e.state in ('queued', 'retry_wait', 'reconciling');
  return found;
end;
$$;

comment on function accounting.hand_back(uuid, uuid, uuid) is
  'Gives back a leased run that was not started, or a question without an answer; false: not ours.';
