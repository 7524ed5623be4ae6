-- Takes approved claims from the app, all or none. The same claim again is `unchanged`, so that a
-- lost answer is repaired by sending again. Lock order: as the guard, the organisation's advisory
-- lock, then claims sorted.
create or replace function accounting.put_claims (p_organisation_id uuid, p_claims jsonb)
  returns table (claim_id uuid, reference text, result text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_claim jsonb;
begin
  perform accounting.check_claims(p_claims);
  perform accounting.lock_organisation(p_organisation_id);
  perform
  from accounting.claims as c
  where c.organisation_id = p_organisation_id
    and c.id in (
      select (p.claim ->> 'id')::uuid from pg_catalog.jsonb_array_elements(p_claims) as p (claim)
    )
  order by c.id
  for update;
  for v_claim in
    select p.claim
    from pg_catalog.jsonb_array_elements(p_claims) as p (claim)
    order by (p.claim ->> 'id')::uuid
  loop
    return query
      select (v_claim ->> 'id')::uuid, v_claim ->> 'reference',
        accounting.put_claim(p_organisation_id, v_claim);
  end loop;
end;
$$;

comment on function accounting.put_claims(uuid, jsonb) is
  'Stores claims of an organisation: created, updated, withdrawn, unchanged or erased. Raises AX011 '
  'to AX013, AX051.';
