-- The ids that the system gave to a run, as the trail knows them: what is gone was there once.
create or replace function accounting.external_ids_of (p_organisation_id uuid, p_run_id uuid)
  returns jsonb
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(pg_catalog.jsonb_agg(distinct ids.id), '[]'::jsonb)
  from accounting.export_runs as r
  cross join lateral pg_catalog.jsonb_each(r.external_ids) as per_claim (key, list)
  cross join lateral pg_catalog.jsonb_array_elements(
    case pg_catalog.jsonb_typeof(per_claim.list)
      when 'array' then per_claim.list
      else pg_catalog.jsonb_build_array(per_claim.list)
    end
  ) as ids (id)
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.outcome <> 'voided';
$$;

comment on function accounting.external_ids_of(uuid, uuid) is
  'All external ids that the trail holds for a run, but the voided.';
