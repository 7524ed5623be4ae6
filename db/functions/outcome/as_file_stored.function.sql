-- One item of an attempt's report, its file stored: in the transaction that records it, or not at
-- all. Only the attempt that carries the run may write: what comes late wrote nothing, and its row
-- says so. A batch that was written before keeps its first file (R1); if that doesn't hold the same
-- claims, the attempt's outcome isn't known, and asking brings it to a person.
create or replace function accounting.as_file_stored (
  p_result jsonb,
  p_run accounting.export_requests,
  p_item jsonb,
  p_carries boolean
)
  returns jsonb
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_item jsonb := p_item - 'file';
  v_claim_ids uuid[];
  v_file accounting.export_files;
begin
  if p_run.system <> 'file'
    or p_result ->> 'kind' <> 'attempt'
    or p_item ->> 'outcome' <> 'accepted'
    or (accounting.recorded_before(accounting.trail_row(p_result, v_item))).id is not null
  then
    return v_item;
  end if;
  if not p_carries then
    return v_item || pg_catalog.jsonb_build_object(
      'outcome', 'not_applied', 'external_ids', '{}'::jsonb, 'wire_sha256', null,
      'error_message', 'it came after its lease had ended: no file was written'
    );
  end if;

  v_claim_ids := array(
    select c.id::uuid
    from pg_catalog.jsonb_array_elements_text(p_item -> 'claim_ids') as c (id)
    order by 1
  );
  v_file := accounting.store_file(p_run, v_claim_ids, p_item -> 'file');
  if v_file.run_id = p_run.run_id and v_claim_ids <@ v_file.claim_ids then
    return v_item || pg_catalog.jsonb_build_object('wire_sha256', v_file.sha256);
  end if;
  return v_item || pg_catalog.jsonb_build_object(
    'outcome', 'unknown', 'external_ids', '{}'::jsonb, 'wire_sha256', null,
    'error_message', 'another file was written under this batch key: ' || v_file.name
  );
end;
$$;

comment on function accounting.as_file_stored(
  jsonb, accounting.export_requests, jsonb, boolean
) is 'One item of a report, without its file: stored if the run writes files and is still carried.';
