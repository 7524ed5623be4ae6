-- A claim that no run holds is in the ledger, unless a person removed just that since: the trail
-- knows. If a run holds it by now, that run meets the trail before it sends; one that has sent it,
-- and isn't known to have booked just that, goes to a person: it may be in the ledger twice.
create or replace function accounting.mark_found_without_run (
  p_organisation_id uuid,
  p_claim_ids uuid[],
  p_external_ids jsonb,
  p_asked_at timestamptz,
  p_lease_id uuid
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
  set exported_at = coalesce(c.exported_at, accounting.clock())
  where c.organisation_id = p_organisation_id
    and c.id = any (v_booked);
  -- A flag that is younger than the question is answered by the next one.
  perform accounting.clear_flags(p_organisation_id, v_booked, p_asked_at);
  delete from accounting.claim_questions as q
  using accounting.claims as c
  where q.organisation_id = p_organisation_id
    and q.claim_id = any (v_booked)
    and c.organisation_id = q.organisation_id
    and c.id = q.claim_id
    and c.flagged_at is null;
  update accounting.claim_questions as q
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    next_question_at = accounting.clock()
  where q.organisation_id = p_organisation_id
    and q.claim_id = any (v_booked)
    and q.lease_id = p_lease_id;
end;
$$;

comment on function accounting.mark_found_without_run(uuid, uuid[], jsonb, timestamptz, uuid) is
  'Marks claims as exported that were found in the ledger by their reference alone.';
