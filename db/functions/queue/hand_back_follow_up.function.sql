-- As hand_back, for a follow-up.
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
    and f.lease_id = p_lease_id;
  return found;
end;
$$;

comment on function accounting.hand_back_follow_up(uuid, uuid, integer) is
  'Gives back a leased follow-up; false: the lease was not ours any more.';
