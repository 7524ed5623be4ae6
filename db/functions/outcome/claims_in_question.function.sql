-- What a person's word about a run concerns: neither booked nor released, and not refused for
-- certain. A claim that was refused counts as long as an earlier send of it is doubted.
create or replace function accounting.claims_in_question (p_organisation_id uuid, p_run_id uuid)
  returns uuid[]
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(pg_catalog.array_agg(r.claim_id order by r.claim_id), '{}')
  from accounting.claim_reservations as r
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.verdict = 'exportable'
    and r.delivered_at is null
    and r.released_at is null
    and (
      r.outcome is distinct from 'rejected'
      or (r.doubted_at is not null and r.absence_proved_at is null)
    );
$$;

comment on function accounting.claims_in_question(uuid, uuid) is
  'The claims of a run that a person has to settle.';
