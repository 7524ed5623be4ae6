-- Carries a follow-up's answer over to the claims that were delivered before it was asked. Booked
-- clears what a follow-up told before; so does a fault that isn't told any more. What asking about the
-- run found (something gone, or different) is left to that. After 60 days nobody asks any more: not
-- booked by then is for a person to see.
create or replace function accounting.apply_follow_up (
  p_follow_up accounting.follow_ups,
  p_claim_ids uuid[],
  p_result jsonb
)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  with told as (
    select r.organisation_id, r.run_id, r.claim_id, n.at, b.is_booked, o.is_over,
      case
        when r.fault is not null and not r.is_fault_told then r.fault
        when b.is_booked then null
        else coalesce(
          case pg_catalog.jsonb_typeof(p_result -> 'faults')
            when 'object' then p_result -> 'faults' ->> r.claim_id::text
            else r.fault
          end,
          case when o.is_over then 'delivered over 60 days ago, and not booked since' end
        )
      end as fault
    from accounting.claim_reservations as r
    join accounting.export_requests as e
      on e.organisation_id = r.organisation_id
      and e.run_id = r.run_id
    cross join (select accounting.clock()) as n (at)
    cross join lateral (
      select coalesce(
        p_result -> 'booked_claim_ids' OPERATOR(pg_catalog.?) r.claim_id::text, false
      )
    ) as b (is_booked)
    cross join lateral (select r.delivered_at < n.at - interval '60 days') as o (is_over)
    where r.organisation_id = p_follow_up.organisation_id
      and r.claim_id = any (p_claim_ids)
      and r.follow_at is not null
      and r.delivered_at <= p_follow_up.started_at
      and e.system = p_follow_up.system
  )
  update accounting.claim_reservations as r
  set booked_at = case when told.is_booked then told.at end,
    fault = told.fault,
    faulted_at = case when told.fault is not null then coalesce(r.faulted_at, told.at) end,
    is_fault_told = told.fault is not null and (r.fault is null or r.is_fault_told),
    followed_at = p_follow_up.started_at,
    follow_at = case
      when not told.is_booked and not told.is_over
        then accounting.next_follow_up_at(told.at, r.delivered_at, i.follow_up_ms)
    end
  from told
  join accounting.integrations as i
    on i.organisation_id = p_follow_up.organisation_id
    and i.system = p_follow_up.system
  where r.organisation_id = told.organisation_id
    and r.run_id = told.run_id
    and r.claim_id = told.claim_id;
$$;

comment on function accounting.apply_follow_up(accounting.follow_ups, uuid[], jsonb) is
  'Notes of followed claims what the system told: booked_at, fault, and when they are asked for next.';
