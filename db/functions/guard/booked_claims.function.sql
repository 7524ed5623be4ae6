-- The guard's question to the trail: which of these claims does it say are booked, whatever
-- claims.exported_at says? Run by run: a claim is booked if a row after the run's last void says so,
-- and gives an id that nobody removed, or none at all.
--
-- Measured: with fifty ids the planner over-estimates ?| and scans the table; under row level
-- security it can't use the index at all; a generic plan alone and'ed with the primary key's range
-- is linear for a big organisation. So: security definer, a generic plan, and the index's own
-- predicate alone in a materialized step, the organisation after it.
create or replace function accounting.booked_claims (
  p_organisation_id uuid,
  p_claim_ids text[]
)
  returns table (claim_id uuid, run_id uuid, external_ids jsonb)
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  with hit as materialized (
    select r.organisation_id, r.seq, r.run_id, r.outcome, r.claim_ids, r.external_ids
    from accounting.export_runs as r
    where r.outcome in ('accepted', 'found', 'booked_by_hand', 'voided')
      and r.claim_ids OPERATOR(pg_catalog.?|) p_claim_ids
  ),
  told as (
    select c.id, hit.seq, hit.run_id, hit.outcome,
      coalesce(hit.external_ids -> c.id, '[]'::jsonb) as ids
    from hit
    cross join lateral pg_catalog.jsonb_array_elements_text(hit.claim_ids) as c (id)
    where hit.organisation_id = p_organisation_id
      and c.id = any (p_claim_ids)
  )
  select distinct on (t.id) t.id::uuid, t.run_id, t.ids
  from told as t
  where t.outcome <> 'voided'
    and not exists (
      select
      from told as v
      where v.id = t.id
        and v.outcome = 'voided'
        and v.run_id is not distinct from t.run_id
        and (v.seq > t.seq or (t.ids <> '[]'::jsonb and t.ids <@ v.ids))
    )
  order by t.id, t.seq desc;
end;
$$;

comment on function accounting.booked_claims(uuid, text[]) is
  'Those of the claims that the trail says are booked and not voided since, with their run; null: '
  'found without a run.';
