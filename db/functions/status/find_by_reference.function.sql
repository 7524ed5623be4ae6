-- Claims of runs by their reference or its beginning. Of a short beginning the last ones, for references
-- are given in their order. Planned with what is asked for: a generic plan takes every organisation for
-- a small one, and sorts all that a large one has.
create or replace function accounting.find_by_reference (p_organisation_id uuid, p_beginning text)
  returns table (run_id uuid, claim_id uuid)
  language plpgsql
  stable
  rows 1
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  v_first text := pg_catalog.upper(p_beginning);
  -- Sorts behind all that a reference may hold.
  v_last text := v_first || '~';
begin
  if v_first ~ '^[A-Z0-9][A-Z0-9-]{0,19}$' then
    return query
    select r.run_id, r.claim_id
    from accounting.claim_reservations as r
    where r.organisation_id = p_organisation_id
      and r.reference collate "C" >= v_first
      and r.reference collate "C" < v_last
    order by r.reference collate "C" desc
    limit 200;
  end if;
end;
$$;

comment on function accounting.find_by_reference(uuid, text) is
  'Claims of runs whose reference begins so, in capitals or not: the last 200.';
