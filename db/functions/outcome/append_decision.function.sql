-- A person's decision in the trail: who, when, why.
create or replace function accounting.append_decision (
  p_organisation_id uuid,
  p_run_id uuid,
  p_outcome text,
  p_claim_ids uuid[],
  p_evidence text,
  p_external_ids jsonb default '{}'
)
  returns accounting.export_runs
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row accounting.export_runs;
begin
  v_row.organisation_id := p_organisation_id;
  v_row.run_id := p_run_id;
  v_row.kind := 'decision';
  v_row.outcome := p_outcome;
  v_row.claim_ids := (
    select coalesce(pg_catalog.jsonb_agg(c.id order by c.id), '[]')
    from pg_catalog.unnest(p_claim_ids) as c (id)
  );
  v_row.error_message := p_evidence;
  v_row.external_ids := p_external_ids;
  v_row.actor := accounting.token_subject();
  return accounting.append_export_run(v_row);
end;
$$;

comment on function accounting.append_decision(uuid, uuid, text, uuid[], text, jsonb) is
  'Appends a person''s decision to the trail.';
