-- A claim that no run holds is in the ledger, unless a person removed just that since: the trail
-- knows. If a run holds it by now, that run meets the trail before it sends; one that has sent it,
-- and isn't known to have booked just that, goes to a person: it may be in the ledger twice.
drop function if exists accounting.mark_found_without_run(uuid, uuid[]);
create or replace function accounting.mark_found_without_run (
  p_organisation_id uuid,
  p_claim_ids uuid[],
  p_external_ids jsonb
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_booked uuid[] := array(
    select b.claim_id
    from accounting.booked_claims(p_organisation_id, p_claim_ids::text[]) as b
  );
  v_holder record;
begin
  for v_holder in
    select r.run_id, r.claim_id
    from accounting.claim_reservations as r
    join accounting.export_requests as e
      on e.organisation_id = r.organisation_id
      and e.run_id = r.run_id
    where r.organisation_id = p_organisation_id
      and r.claim_id = any (v_booked)
      and r.verdict = 'exportable'
      and r.released_at is null
      and e.attempt_no > 0
      and e.review_reason is null
      and not (
        r.external_ids <> '[]' and p_external_ids -> r.claim_id::text <@ r.external_ids
      )
    order by r.run_id, r.claim_id
  loop
    perform accounting.send_to_review(
      p_organisation_id, v_holder.run_id,
      'claim ' || v_holder.claim_id || ' was sent here, and a question from before found it in the '
        || 'ledger: look for it twice'
    );
  end loop;
  update accounting.claims as c
  set exported_at = coalesce(c.exported_at, accounting.clock()),
    flagged_at = null,
    flagged_reason = null,
    flagged_by = null
  where c.organisation_id = p_organisation_id
    and c.id = any (v_booked);
  delete from accounting.claim_questions as q
  where q.organisation_id = p_organisation_id
    and q.claim_id = any (v_booked);
end;
$$;

comment on function accounting.mark_found_without_run(uuid, uuid[], jsonb) is
  'Marks claims as exported that were found in the ledger by their reference alone.';
