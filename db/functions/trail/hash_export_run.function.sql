-- The hash of a row: over a JSON array with a version tag, never over joined texts (in which two
-- rows can read the same). Times as microseconds since 1970, so that no setting of the session
-- changes them. All from the row itself, so that the trail can be verified row by row.
create or replace function accounting.hash_export_run (p_row accounting.export_runs)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.encode(
    pg_catalog.sha256(pg_catalog.convert_to(
      pg_catalog.jsonb_build_array(
        'export_runs/1',
        p_row.organisation_id,
        p_row.seq,
        p_row.id,
        p_row.run_id,
        p_row.kind,
        p_row.outcome,
        p_row.is_late,
        p_row.attempt_no,
        p_row.envelope_no,
        p_row.lease_id,
        p_row.claim_ids,
        p_row.http_status,
        p_row.error_message,
        p_row.external_ids,
        p_row.wire_sha256,
        p_row.mapper_version,
        p_row.actor,
        (extract(epoch from p_row.started_at) * 1000000)::bigint,
        (extract(epoch from p_row.recorded_at) * 1000000)::bigint,
        p_row.previous_hash
      )::text,
      'UTF8'
    )),
    'hex'
  );
$$;

comment on function accounting.hash_export_run(accounting.export_runs) is
  'SHA-256, hex, over all columns of a trail row but its own hash.';
