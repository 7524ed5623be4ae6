-- Ends a follow-up: the next one comes no sooner than the integration's time, after failures in a row
-- ever later, up to twelve times that, or as late as the system tells us to wait.
create or replace function accounting.end_follow_up (
  p_organisation_id uuid,
  p_lease_id uuid,
  p_problem text,
  p_told_wait_ms double precision
)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  update accounting.follow_ups as f
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    failure_count = case when p_problem is null then 0 else f.failure_count + 1 end,
    failing_since = case when p_problem is not null then coalesce(f.failing_since, n.at) end,
    problem = p_problem,
    next_at = accounting.later(n.at, greatest(
      i.follow_up_ms::double precision * case
        when p_problem is null then 1
        else least(pg_catalog.power(2::double precision, least(f.failure_count, 10)), 12)
      end,
      least(coalesce(p_told_wait_ms, 0), 86400000) -- null would be left out by least()
    ))
  from accounting.integrations as i
  cross join (select accounting.clock()) as n (at)
  where f.organisation_id = p_organisation_id
    and f.lease_id = p_lease_id
    and i.organisation_id = f.organisation_id
    and i.system = f.system;
$$;

comment on function accounting.end_follow_up(uuid, uuid, text, double precision) is
  'Ends a leased follow-up and sets the time of the next; a problem makes it later.';
