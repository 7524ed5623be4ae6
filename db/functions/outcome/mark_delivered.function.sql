-- Marks claims of a run as delivered: reservation and claim in one step. A flag is answered by
-- asking after it was raised, or by a person: not by a send or a question that was under way then. A
-- claim in a file counts as delivered, and is exported once a person has confirmed the import.
drop function if exists accounting.mark_delivered(uuid, uuid, uuid[], text, jsonb, integer);
create or replace function accounting.mark_delivered (
  p_organisation_id uuid,
  p_run_id uuid,
  p_claim_ids uuid[],
  p_outcome text,
  p_external_ids jsonb,
  p_attempt_no integer,
  p_asked_at timestamptz
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update accounting.claim_reservations as r
  set outcome = p_outcome,
    outcome_attempt_no = coalesce(p_attempt_no, r.outcome_attempt_no),
    failure = null,
    error = null,
    external_ids = coalesce(p_external_ids -> r.claim_id::text, r.external_ids),
    absent_at = null,
    delivered_at = accounting.clock()
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id = any (p_claim_ids)
    and r.verdict = 'exportable'
    and r.released_at is null
    and r.delivered_at is null;

  update accounting.claims as c
  set exported_at = accounting.clock(),
    exported_run_id = p_run_id
  where c.organisation_id = p_organisation_id
    and c.id = any (p_claim_ids)
    and c.exported_at is null
    and exists (
      select
      from accounting.claim_reservations as r
      join accounting.export_requests as e
        on e.organisation_id = r.organisation_id
        and e.run_id = r.run_id
        and (e.system <> 'file' or p_outcome = 'booked_by_hand')
      where r.organisation_id = p_organisation_id
        and r.run_id = p_run_id
        and r.claim_id = c.id
        and r.delivered_at is not null
        and r.released_at is null
    );
  perform accounting.clear_flags(p_organisation_id, p_claim_ids, p_asked_at);
end;
$$;

comment on function accounting.mark_delivered(
  uuid, uuid, uuid[], text, jsonb, integer, timestamptz
) is 'Marks claims of a run as delivered, with the ids that the system gave, sets exported_at, and '
  'clears flags raised up to p_asked_at.';
