-- Claims of runs by an id that the accounting system gave, with or without its kind.
--
-- As in booked_claims: ?| is not leakproof, so under row level security it can't use its index; and
-- with a plan for each array of its own, or and'ed with the organisation, it would be linear. So the
-- caller is security definer, the plan generic, the index's own predicate alone in a materialized step.
create or replace function accounting.find_by_external_id (p_organisation_id uuid, p_id text)
  returns table (run_id uuid, claim_id uuid, external_id text)
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_ids text[] := array[p_id, 'entry:' || p_id, 'item:' || p_id];
begin
  return query
  with hit as materialized (
    select r.organisation_id, r.run_id, r.claim_id, r.external_ids
    from accounting.claim_reservations as r
    where r.external_ids <> '[]'
      and r.external_ids OPERATOR(pg_catalog.?|) v_ids
  )
  select hit.run_id, hit.claim_id, (
    select i.id
    from pg_catalog.jsonb_array_elements_text(hit.external_ids) as i (id)
    where i.id = any (v_ids)
    limit 1
  )
  from hit
  where hit.organisation_id = p_organisation_id;
end;
$$;

comment on function accounting.find_by_external_id(uuid, text) is
  'Claims of runs that the accounting system gave this id, with the id as it was given.';
