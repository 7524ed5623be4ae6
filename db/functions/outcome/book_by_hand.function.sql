-- A person found claims in the ledger, or booked them there: those named, or all that are open.
create or replace function accounting.book_by_hand (
  p_run accounting.export_requests,
  p_evidence text,
  p_external_ids jsonb
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_claim_ids uuid[];
begin
  if p_external_ids is null then
    v_claim_ids := accounting.claims_in_question(p_run.organisation_id, p_run.run_id);
  else
    perform accounting.check_named_ids(p_run, p_external_ids);
    v_claim_ids := array(
      select n.key::uuid from pg_catalog.jsonb_object_keys(p_external_ids) as n (key)
    );
  end if;
  perform accounting.append_decision(
    p_run.organisation_id, p_run.run_id, 'booked_by_hand', v_claim_ids, p_evidence,
    coalesce(p_external_ids, '{}')
  );
  perform accounting.mark_delivered(
    p_run.organisation_id, p_run.run_id, v_claim_ids, 'booked_by_hand',
    coalesce(p_external_ids, '{}'), null, accounting.clock()
  );
end;
$$;

comment on function accounting.book_by_hand(accounting.export_requests, text, jsonb) is
  'Marks claims of a run as booked by a person''s word, and tells the trail.';
