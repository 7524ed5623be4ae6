-- What is known of these claims of a run doesn't count any more: they are asked about anew.
create or replace function accounting.doubt_claims (
  p_organisation_id uuid,
  p_run_id uuid,
  p_claim_ids uuid[]
)
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
    and r.claim_id = any (p_claim_ids);
$$;

comment on function accounting.doubt_claims(uuid, uuid, uuid[]) is
  'Marks claims of a run as in doubt.';
