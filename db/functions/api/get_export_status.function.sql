-- The summary for a user interface, with its names in camelCase. Runs with the caller's rights, so
-- that row level security decides what is seen.
create or replace function api.get_export_status (
  p_run_id uuid default null,
  p_limit integer default 20
)
  returns table (
    "runId" uuid,
    "exportedAt" timestamptz,
    "totalClaims" integer,
    "successCount" integer,
    "failureCount" integer,
    "integrationStatus" text
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- Two queries, so that each has a plan of its own: one run by its key, or the newest by theirs.
  if p_run_id is not null then
    return query
      select s.run_id, s.exported_at, s.total_claims, s.success_count, s.failure_count,
        s.integration_status
      from api.export_status as s
      where s.run_id = p_run_id;
    return;
  end if;
  return query
    select s.run_id, s.exported_at, s.total_claims, s.success_count, s.failure_count,
      s.integration_status
    from api.export_status as s
    order by s.requested_at desc, s.run_id
    limit least(greatest(coalesce(p_limit, 20), 1), 200);
end;
$$;

comment on function api.get_export_status(uuid, integer) is
  'The runs of the caller''s organisation, newest first, or one of them. At most 200.';
