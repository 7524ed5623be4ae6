-- Somebody doubts what we know of a run's open claims: earlier answers don't count any more.
create or replace function accounting.doubt_open_claims (p_organisation_id uuid, p_run_id uuid)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  update accounting.claim_reservations as r
  set outcome = 'unknown',
    doubted_at = accounting.clock(),
    absent_at = null,
    absence_proved_at = null
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id in (
      select s.claim_id from accounting.claims_to_send(p_organisation_id, p_run_id) as s
    );
$$;

comment on function accounting.doubt_open_claims(uuid, uuid) is
  'Marks the open claims of a run as in doubt.';
