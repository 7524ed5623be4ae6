-- A trail row from what the dispatcher reports. Claims sorted and in lower case, as the guard looks.
create or replace function accounting.trail_row (p_result jsonb, p_item jsonb)
  returns accounting.export_runs
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row accounting.export_runs;
begin
  v_row.organisation_id := (p_result ->> 'organisation_id')::uuid;
  v_row.run_id := (p_result ->> 'run_id')::uuid;
  v_row.lease_id := (p_result ->> 'lease_id')::uuid;
  v_row.kind := p_result ->> 'kind';
  v_row.attempt_no := (p_result ->> 'attempt_no')::integer;
  v_row.mapper_version := p_result ->> 'mapper_version';
  v_row.actor := coalesce(p_result ->> 'actor', session_user::text);
  v_row.outcome := p_item ->> 'outcome';
  v_row.envelope_no := coalesce((p_item ->> 'envelope_no')::integer, 1);
  v_row.claim_ids := (
    select pg_catalog.jsonb_agg(c.id::uuid order by c.id::uuid)
    from pg_catalog.jsonb_array_elements_text(p_item -> 'claim_ids') as c (id)
  );
  v_row.http_status := (p_item ->> 'http_status')::integer;
  v_row.error_message := p_item ->> 'error_message';
  v_row.external_ids := coalesce(nullif(p_item -> 'external_ids', 'null'), '{}');
  v_row.wire_sha256 := p_item ->> 'wire_sha256';
  return v_row;
end;
$$;

comment on function accounting.trail_row(jsonb, jsonb) is
  'The trail row for one item of a dispatcher''s report.';
