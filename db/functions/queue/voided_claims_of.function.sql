-- Which of some claims a person ever removed from the ledger, whichever run had booked them: only of
-- these may rows that undo each other be passed over.
create or replace function accounting.voided_claims_of (p_organisation_id uuid, p_claim_ids text[])
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
      select x.organisation_id, x.outcome, x.claim_ids
      from accounting.export_runs as x
      where x.outcome in ('accepted', 'found', 'booked_by_hand', 'voided')
        and x.claim_ids OPERATOR(pg_catalog.?|) p_claim_ids
    )
    select coalesce(pg_catalog.jsonb_agg(distinct c.id), '[]'::jsonb)
    from hit
    cross join lateral pg_catalog.jsonb_array_elements_text(hit.claim_ids) as c (id)
    where hit.organisation_id = p_organisation_id
      and hit.outcome = 'voided'
      and c.id = any (p_claim_ids)
  );
end;
$$;

comment on function accounting.voided_claims_of(uuid, text[]) is
  'Which of some claims a person ever removed from the ledger.';
