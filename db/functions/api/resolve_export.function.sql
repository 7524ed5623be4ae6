-- A coordinator has looked in the ledger and settles a run that waits for a person.
create or replace function api.resolve_export (
  p_run_id uuid,
  p_resolution text,
  p_evidence text,
  p_external_ids jsonb default null
)
  returns table (run_id uuid, integration_status text)
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['coordinator']);
  return query
    select p_run_id, accounting.resolve_run(
      v_organisation_id, p_run_id, p_resolution, p_evidence, p_external_ids
    );
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.resolve_export(uuid, text, text, jsonb) is
  'Settles a run in needs_review: booked_by_hand (the claims named in p_external_ids, by claim id an '
  'array of ids; null: all open ones) or proved_absent (all open ones). The evidence goes into the '
  'trail.';
