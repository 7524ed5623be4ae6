-- Records what attempts and questions told, many in one transaction. Never raises for a stale
-- lease: what comes late is kept as evidence, and what it says is booked counts.
-- Each result: {organisation_id, run_id, lease_id, kind, attempt_no, actor, mapper_version,
-- keep_lease_ms, rows: [{envelope_no, outcome, claim_ids, http_status, error_message, external_ids,
-- wire_sha256, failure, collides, needs_person, retry_after_ms}]}.
-- Without run_id: answers about claims that no run holds.
-- Lock order: integrations to pause, runs sorted, claims and reservations sorted, heads by
-- organisation, claim questions.
create or replace function accounting.record_results (p_results jsonb)
  returns table (
    run_id uuid, is_late boolean, state text, retry_in_ms integer, is_lease_kept boolean
  )
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_result jsonb;
  v_organisation_id uuid;
  v_run_ids uuid[];
  v_claim_ids uuid[];
begin
  for v_result in
    select r.result
    from pg_catalog.jsonb_array_elements(p_results) as r (result)
    where r.result @? '$.rows[*] ? (@.failure == "configuration")'
    order by r.result ->> 'organisation_id', r.result ->> 'run_id'
  loop
    perform accounting.pause_integration(v_result);
  end loop;
  for v_organisation_id, v_run_ids in
    select (r.result ->> 'organisation_id')::uuid,
      pg_catalog.array_agg(coalesce((r.result ->> 'run_id')::uuid, holder.run_id))
    from pg_catalog.jsonb_array_elements(p_results) as r (result)
    -- Without a run: the runs that hold the claims by now.
    left join lateral pg_catalog.jsonb_path_query(r.result, '$.rows[*].claim_ids[*]') as c (id)
      on r.result ->> 'run_id' is null
    left join accounting.claim_reservations as holder
      on holder.organisation_id = (r.result ->> 'organisation_id')::uuid
      and holder.claim_id = (c.id #>> '{}')::uuid
      and holder.verdict = 'exportable'
      and holder.released_at is null
    group by 1
    order by 1
  loop
    perform accounting.lock_runs(v_organisation_id, v_run_ids);
  end loop;
  for v_organisation_id, v_run_ids, v_claim_ids in
    select (r.result ->> 'organisation_id')::uuid,
      pg_catalog.array_agg((r.result ->> 'run_id')::uuid),
      pg_catalog.array_agg((c.id #>> '{}')::uuid) filter (where r.result ->> 'run_id' is null)
    from pg_catalog.jsonb_array_elements(p_results) as r (result)
    left join lateral pg_catalog.jsonb_path_query(r.result, '$.rows[*].claim_ids[*]') as c (id)
      on r.result ->> 'run_id' is null
    group by 1
    order by 1
  loop
    perform accounting.lock_claims_of(v_organisation_id, v_run_ids, v_claim_ids);
  end loop;
  return query
    select o.run_id, o.is_late, o.state, o.retry_in_ms, o.is_lease_kept
    from (
      select r.result
      from pg_catalog.jsonb_array_elements(p_results) as r (result)
      order by r.result ->> 'organisation_id', r.result ->> 'run_id'
    ) as sorted
    cross join lateral accounting.record_result(sorted.result) as o;
end;
$$;

comment on function accounting.record_results(jsonb) is
  'Records the results of attempts and questions and moves their runs on; one row per result.';
