-- Locks a run's claims, then its reservations, sorted: the order everywhere.
create or replace function accounting.lock_claims_of (p_organisation_id uuid, p_run_id uuid)
  returns void
  language plpgsql
  set search_path = ''
as $$
begin
  perform
  from accounting.claims as c
  where c.organisation_id = p_organisation_id
    and c.id in (
      select r.claim_id
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.run_id = p_run_id
    )
  order by c.id
  for update;
  perform
  from accounting.claim_reservations as r
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
  order by r.claim_id
  for update;
end;
$$;

comment on function accounting.lock_claims_of(uuid, uuid) is
  'Locks the claims and the reservations of a run, in the order that everybody uses.';
