-- Locks the claims of some runs of one organisation, and others that are named, then the runs'
-- reservations, sorted over all of them: the order everywhere. Run by run would lock claim 2 before claim 1.
drop function if exists accounting.lock_claims_of(uuid, uuid[]);
create or replace function accounting.lock_claims_of (
  p_organisation_id uuid,
  p_run_ids uuid[],
  p_claim_ids uuid[] default null
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform
  from accounting.claims as c
  where c.organisation_id = p_organisation_id
    and c.id in (
      select r.claim_id
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.run_id = any (p_run_ids)
      union
      select pg_catalog.unnest(p_claim_ids)
    )
  order by c.id
  for update;
  perform
  from accounting.claim_reservations as r
  where r.organisation_id = p_organisation_id
    and r.run_id = any (p_run_ids)
  order by r.claim_id, r.run_id
  for update;
end;
$$;

comment on function accounting.lock_claims_of(uuid, uuid[], uuid[]) is
  'Locks the claims and the reservations of runs, and claims by id, in the order that everybody uses.';
