-- Leases the follow-up of one integration, if a claim is due and the last one is long enough ago. Not
-- while the system refuses us, nor after a restore, when what we know may be old; a disabled
-- integration is followed up. The caller holds the integration's row.
create or replace function accounting.lease_follow_up (
  p_integration accounting.integrations,
  p_dispatcher text
)
  returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock(); -- a variable, so that the index on time can be used
  v_lease_id uuid;
begin
  if not accounting.is_followed_up(p_integration.system)
    or p_integration.paused_at is not null
    or p_integration.frozen_at is not null
    or not exists (
      select
      from accounting.claim_reservations as r
      join accounting.export_requests as e
        on e.organisation_id = r.organisation_id
        and e.run_id = r.run_id
      where r.organisation_id = p_integration.organisation_id
        and r.follow_at <= v_now
        and e.system = p_integration.system
    )
  then
    return null;
  end if;
  insert into accounting.follow_ups (organisation_id, system, next_at)
  values (p_integration.organisation_id, p_integration.system, v_now)
  on conflict do nothing;
  update accounting.follow_ups as f
  set lease_id = pg_catalog.gen_random_uuid(),
    lease_expires_at = accounting.later(v_now, p_integration.lease_ms),
    leased_by = p_dispatcher,
    started_at = null
  where f.organisation_id = p_integration.organisation_id
    and f.system = p_integration.system
    and f.lease_id is null
    and f.next_at <= v_now
  returning f.lease_id into v_lease_id;
  return v_lease_id;
end;
$$;

comment on function accounting.lease_follow_up(accounting.integrations, text) is
  'Leases the follow-up of an integration, and returns the lease; null: none is due.';
