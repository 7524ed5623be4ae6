-- The ids that a person removed from the ledger, of some claims, whichever run had booked them: what is
-- left of them (a reversal) must not count as found.
drop function if exists accounting.voided_ids_of(uuid, uuid);
create or replace function accounting.voided_ids_of (p_organisation_id uuid, p_claim_ids text[])
  returns jsonb
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    -- As the guard asks: the index's own predicate alone first, the rest after it.
    with hit as materialized (
      select x.organisation_id, x.outcome, x.external_ids
      from accounting.export_runs as x
      where x.outcome in ('accepted', 'found', 'booked_by_hand', 'voided')
        and x.claim_ids OPERATOR(pg_catalog.?|) p_claim_ids
    )
    select coalesce(pg_catalog.jsonb_agg(distinct ids.id), '[]'::jsonb)
    from hit
    cross join lateral pg_catalog.jsonb_each(hit.external_ids) as per_claim (key, list)
    cross join lateral pg_catalog.jsonb_array_elements(
      case pg_catalog.jsonb_typeof(per_claim.list)
        when 'array' then per_claim.list
        else pg_catalog.jsonb_build_array(per_claim.list)
      end
    ) as ids (id)
    where hit.organisation_id = p_organisation_id
      and hit.outcome = 'voided'
      and per_claim.key = any (p_claim_ids)
  );
end;
$$;

comment on function accounting.voided_ids_of(uuid, text[]) is
  'The external ids of claims that a person removed from the ledger.';
