-- What asking told about claims that no run holds. Found: exported, without a run. Absent, twice
-- after the quarantine, by every system that was asked: the flag is cleared. Anything else keeps the
-- claim from being exported. The caller holds the claims.
create or replace function accounting.record_claim_answers (p_result jsonb)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid := (p_result ->> 'organisation_id')::uuid;
  v_lease_id uuid := (p_result ->> 'lease_id')::uuid;
  v_is_late boolean;
  v_asked_at timestamptz;
  v_item jsonb;
  v_row accounting.export_runs;
  v_claim_ids uuid[];
begin
  select min(q.question_started_at) into v_asked_at
  from accounting.claim_questions as q
  where q.organisation_id = v_organisation_id
    and q.lease_id = v_lease_id;
  v_is_late := v_asked_at is null;

  for v_item in select * from pg_catalog.jsonb_array_elements(p_result -> 'rows') loop
    v_row := accounting.trail_row(p_result, v_item);
    v_row.is_late := v_is_late;
    v_row.started_at := v_asked_at;
    v_row := accounting.append_export_run(v_row);
    v_claim_ids := array(
      select c.id::uuid from pg_catalog.jsonb_array_elements_text(v_row.claim_ids) as c (id)
    );
    if v_row.outcome = 'found' then
      perform accounting.mark_found_without_run(
        v_organisation_id, v_claim_ids, v_row.external_ids, v_asked_at, v_lease_id
      );
    elsif not v_is_late then
      perform accounting.put_question_down(
        v_organisation_id, v_lease_id,
        array(
          select q.claim_id
          from accounting.claim_questions as q
          where q.organisation_id = v_organisation_id
            and q.lease_id = v_lease_id
            and q.claim_id = any (v_claim_ids)
        ),
        v_asked_at, v_row.outcome,
        case when v_item -> 'needs_person' = 'true' then v_row.error_message end,
        (v_item ->> 'retry_after_ms')::double precision
      );
    end if;
  end loop;
  return v_is_late;
end;
$$;

comment on function accounting.record_claim_answers(jsonb) is
  'Records the answers about claims that no run holds; true: the lease had ended.';
