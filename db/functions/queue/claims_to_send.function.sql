-- The claims of a run that the next attempt concerns: reserved, and neither booked nor refused.
create or replace function accounting.claims_to_send (p_organisation_id uuid, p_run_id uuid)
  returns table (claim_id uuid)
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select r.claim_id
  from accounting.claim_reservations as r
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.verdict = 'exportable'
    and r.released_at is null
    and r.delivered_at is null
    and r.outcome is distinct from 'rejected'
  order by r.claim_id;
$$;

comment on function accounting.claims_to_send(uuid, uuid) is
  'The claims of a run that are still to be sent.';
