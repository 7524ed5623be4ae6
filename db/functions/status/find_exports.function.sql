-- What a person types into a search box: a claim's reference or its beginning, a run's id, a claim's
-- id, or one of the ids that the accounting system gave. Each way goes by an index of its own.
create or replace function accounting.find_exports (
  p_organisation_id uuid,
  p_term text,
  p_limit integer
)
  returns table (
    run_id uuid, claim_id uuid, reference text, external_id text, matched_by text,
    integration_status text, requested_at timestamptz
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_id uuid := case when accounting.is_uuid(pg_catalog.lower(p_term)) then p_term end;
begin
  -- Offset 0 keeps the look-ups apart: joined, they may read all runs of the organisation.
  return query
  with hit as materialized (
    select distinct on (h.run_id, h.claim_id) h.*
    from (
      select x.run_id, x.claim_id, x.external_id, 'external_id'
      from accounting.find_by_external_id(p_organisation_id, p_term) as x
      union all
      select x.run_id, x.claim_id, null, 'reference'
      from accounting.find_by_reference(p_organisation_id, p_term) as x
      union all
      select r.run_id, r.claim_id, null, 'claim_id'
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.claim_id = v_id
      union all
      select e.run_id, null, null, 'run_id'
      from accounting.export_requests as e
      where e.organisation_id = p_organisation_id
        and e.run_id = v_id
    ) as h (run_id, claim_id, external_id, matched_by)
  )
  select h.run_id, h.claim_id, r.reference, coalesce(h.external_id, r.external_ids ->> 0),
    h.matched_by, e.state, e.requested_at
  from hit as h
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
end;
$$;

comment on function accounting.find_exports(uuid, text, integer) is
  'Runs and claims of an organisation that a term names: newest runs first.';
