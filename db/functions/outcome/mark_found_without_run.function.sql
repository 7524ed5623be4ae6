-- A claim that no run holds is in the ledger. If a run holds it by now, that run meets the trail
-- before it sends. The trail has the answer already, and also knows what was removed since: the same
-- answer told again after a void is no booking.
create or replace function accounting.mark_found_without_run (
  p_organisation_id uuid,
  p_claim_ids uuid[]
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_claim_ids uuid[] := array(
    select b.claim_id from accounting.booked_claims(p_organisation_id, p_claim_ids::text[]) as b
  );
begin
  update accounting.claims as c
  set exported_at = coalesce(c.exported_at, accounting.clock()),
    flagged_at = null,
    flagged_reason = null,
    flagged_by = null
  where c.organisation_id = p_organisation_id
    and c.id = any (v_claim_ids);
  delete from accounting.claim_questions as q
  where q.organisation_id = p_organisation_id
    and q.claim_id = any (v_claim_ids);
end;
$$;

comment on function accounting.mark_found_without_run(uuid, uuid[]) is
  'Marks claims as exported that were found in the ledger by their reference alone.';
