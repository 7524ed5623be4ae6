-- As hand_back, for a follow-up. Once it was started it has been paid for: given back then, because
-- its answer couldn't be recorded, it counts as one that failed, and isn't asked anew at once.
create or replace function accounting.hand_back_follow_up (
  p_organisation_id uuid,
  p_lease_id uuid,
  p_delay_ms integer
)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update accounting.follow_ups as f
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    next_at = accounting.later(accounting.clock(), p_delay_ms)
  where f.organisation_id = p_organisation_id
    and f.lease_id = p_lease_id
    and f.started_at is null;
  if found then
    return true;
  end if;
  perform
  from accounting.follow_ups as f
  where f.organisation_id = p_organisation_id
    and f.lease_id = p_lease_id;
  if not found then
    return false;
  end if;
  perform accounting.end_follow_up(
    p_organisation_id, p_lease_id, 'its answer could not be recorded', null
  );
  return true;
end;
$$;

comment on function accounting.hand_back_follow_up(uuid, uuid, integer) is
  'Gives back a leased follow-up; false: the lease was not ours any more.';
