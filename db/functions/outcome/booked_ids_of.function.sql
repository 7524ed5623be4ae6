-- The ids under which the ledger had claims, by claim: all that answers of the run ever named.
create or replace function accounting.booked_ids_of (
  p_organisation_id uuid,
  p_run_id uuid,
  p_claim_ids uuid[]
)
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_claim_ids text[] := p_claim_ids::text[];
begin
  return (
    -- As the guard asks: the index's own predicate alone first, the rest after it.
    with hit as materialized (
      select x.organisation_id, x.run_id, x.outcome, x.external_ids
      from accounting.export_runs as x
      where x.outcome in ('accepted', 'found', 'booked_by_hand', 'voided')
        and x.claim_ids OPERATOR(pg_catalog.?|) v_claim_ids
    ),
    named as (
      select distinct per_claim.key as claim_id, ids.id
      from hit
      cross join lateral pg_catalog.jsonb_each(hit.external_ids) as per_claim (key, list)
      cross join lateral pg_catalog.jsonb_array_elements(
        case pg_catalog.jsonb_typeof(per_claim.list)
          when 'array' then per_claim.list
          else pg_catalog.jsonb_build_array(per_claim.list)
        end
      ) as ids (id)
      where hit.organisation_id = p_organisation_id
        and hit.run_id is not distinct from p_run_id
        and hit.outcome <> 'voided'
        and per_claim.key = any (v_claim_ids)
    )
    select coalesce(pg_catalog.jsonb_object_agg(n.claim_id, n.ids), '{}')
    from (
      select named.claim_id, pg_catalog.jsonb_agg(named.id order by named.id) as ids
      from named
      group by named.claim_id
    ) as n
  );
end;
$$;

comment on function accounting.booked_ids_of(uuid, uuid, uuid[]) is
  'By claim the external ids that the trail has of it from this run (null: without a run).';
