-- The claims that one follow-up asks for, with what their lines can be told by: the reference, the ids
-- that the system gave, and a time before which nothing became of them that isn't known. They were sent
-- to one endpoint, and for one owner.
create or replace function accounting.claims_to_follow_up (
  p_organisation_id uuid,
  p_system text,
  p_limit integer
)
  returns table (endpoint text, claim_ids uuid[], delivered jsonb)
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  with followed as materialized (
    select r.claim_id, r.run_id, r.reference, r.external_ids, r.follow_at, e.endpoint,
      coalesce(r.followed_at, e.requested_at) as asked_at, e.requested_at
    from accounting.claim_reservations as r
    join accounting.export_requests as e
      on e.organisation_id = r.organisation_id
      and e.run_id = r.run_id
    where r.organisation_id = p_organisation_id
      and r.follow_at is not null
      and e.system = p_system
  ),
  -- Once a run: frozen input is large.
  sent as materialized (
    select e.run_id, e.endpoint, e.frozen_input #>> '{settings,owner_code}' as owner_code
    from accounting.export_requests as e
    where e.organisation_id = p_organisation_id
      and e.run_id in (select f.run_id from followed as f)
  ),
  chosen as (
    select f.*
    from followed as f
    join sent as s on s.run_id = f.run_id
    join sent as first
      on first.run_id = (
        select o.run_id from followed as o order by o.follow_at, o.claim_id limit 1
      )
    where s.endpoint = first.endpoint
      and s.owner_code is not distinct from first.owner_code
    order by f.follow_at, f.claim_id
    limit p_limit
  )
  select min(c.endpoint), pg_catalog.array_agg(c.claim_id order by c.claim_id),
    pg_catalog.jsonb_agg(
      pg_catalog.jsonb_build_object(
        'claimId', c.claim_id,
        'reference', c.reference,
        'externalIds', c.external_ids,
        'sentAfter', c.requested_at,
        'askedAt', c.asked_at
      )
      order by c.claim_id
    )
  from chosen as c;
$$;

comment on function accounting.claims_to_follow_up(uuid, text, integer) is
  'One row: the endpoint, and at most p_limit delivered claims to ask for there; nulls: none.';
