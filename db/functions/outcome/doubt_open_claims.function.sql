-- Somebody doubts what we know of a run's open claims.
create or replace function accounting.doubt_open_claims (p_organisation_id uuid, p_run_id uuid)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  select accounting.doubt_claims(
    p_organisation_id, p_run_id,
    array(select s.claim_id from accounting.claims_to_send(p_organisation_id, p_run_id) as s)
  );
$$;

comment on function accounting.doubt_open_claims(uuid, uuid) is
  'Marks the open claims of a run as in doubt.';
