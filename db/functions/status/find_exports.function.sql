-- What a person types into a search box: a claim's reference or its beginning, a run's id, a claim's
-- id, or one of the ids that the accounting system gave. Each way goes by an index of its own.
--
-- As in booked_claims: ?| is not leakproof, so under row level security it can't use its index; and
-- with a plan of its own for each array, or and'ed with the organisation, it would be linear. So the
-- caller is security definer, the plan generic, the index's own predicate alone in a materialized step.
create or replace function accounting.find_exports (
  p_organisation_id uuid,
  p_term text,
  p_limit integer
)
  returns table (
    run_id uuid, claim_id uuid, reference text, external_id text, matched_by text,
    integration_status text, requested_at timestamptz
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
  with term as (
    select
      case when accounting.is_uuid(pg_catalog.lower(p_term)) then p_term::uuid end as id,
      case when pg_catalog.upper(p_term) ~ '^[A-Z0-9][A-Z0-9-]{0,19}$'
        then pg_catalog.upper(p_term) end as reference
  ),
  by_external_id as materialized (
    select r.organisation_id, r.run_id, r.claim_id,
      (select i.id
       from pg_catalog.jsonb_array_elements_text(r.external_ids) as i (id)
       where i.id in (p_term, 'entry:' || p_term, 'item:' || p_term)
       limit 1) as external_id
    from accounting.claim_reservations as r
    where r.external_ids <> '[]'
      and r.external_ids OPERATOR(pg_catalog.?|)
        array[p_term, 'entry:' || p_term, 'item:' || p_term]
  ),
  -- Of a short beginning the last ones: references are given in their order.
  by_reference as (
    select r.run_id, r.claim_id
    from accounting.claim_reservations as r
    where r.organisation_id = p_organisation_id
      and r.reference collate "C" >= (select t.reference from term as t)
      and r.reference collate "C" < (select t.reference || '~' from term as t)
    order by r.reference collate "C" desc
    limit 200
  ),
  hit as (
    select x.run_id, x.claim_id, x.external_id, 'external_id' as matched_by
    from by_external_id as x
    where x.organisation_id = p_organisation_id
    union all
    select x.run_id, x.claim_id, null, 'reference'
    from by_reference as x
    union all
    select r.run_id, r.claim_id, null, 'claim_id'
    from accounting.claim_reservations as r
    where r.organisation_id = p_organisation_id
      and r.claim_id = (select t.id from term as t)
    union all
    select e.run_id, null, null, 'run_id'
    from accounting.export_requests as e
    where e.organisation_id = p_organisation_id
      and e.run_id = (select t.id from term as t)
  )
  -- Offset 0 keeps the look-ups apart: as joins they read all runs of the organisation at times.
  select h.run_id, h.claim_id, r.reference, coalesce(h.external_id, r.external_ids ->> 0),
    h.matched_by, e.state, e.requested_at
  from (select distinct on (x.run_id, x.claim_id) x.* from hit as x) as h
  cross join lateral (
    select q.state, q.requested_at
    from accounting.export_requests as q
    where q.organisation_id = p_organisation_id
      and q.run_id = h.run_id
    offset 0
  ) as e
  left join lateral (
    select q.reference, q.external_ids
    from accounting.claim_reservations as q
    where q.organisation_id = p_organisation_id
      and q.run_id = h.run_id
      and q.claim_id = h.claim_id
    offset 0
  ) as r on true
  order by e.requested_at desc, h.run_id, r.reference collate "C"
  limit p_limit;
$$;

comment on function accounting.find_exports(uuid, text, integer) is
  'Runs and claims of an organisation that a term names: newest runs first.';
