-- Nothing else happens to these claims from here on, to the end of the transaction. In the order of
-- everybody: the organisation's advisory lock, under which no run takes them; runs, claims,
-- reservations, each sorted.
create or replace function accounting.lock_for_erasure (p_organisation_id uuid, p_claim_ids uuid[])
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform accounting.lock_organisation(p_organisation_id);
  perform
  from accounting.export_requests as e
  where e.organisation_id = p_organisation_id
    and e.run_id in (
      select r.run_id
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.claim_id = any (p_claim_ids)
    )
  order by e.run_id
  for update;
  perform
  from accounting.claims as c
  where c.organisation_id = p_organisation_id
    and c.id = any (p_claim_ids)
  order by c.id
  for update;
  perform
  from accounting.claim_reservations as r
  where r.organisation_id = p_organisation_id
    and r.claim_id = any (p_claim_ids)
  order by r.claim_id, r.run_id
  for update;
end;
$$;

comment on function accounting.lock_for_erasure(uuid, uuid[]) is
  'Locks claims, the runs that ever reserved them, and their reservations.';
