-- One and the same answer for claims that there aren't and for another organisation's.
create or replace function accounting.require_claims (p_organisation_id uuid, p_claim_ids uuid[])
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_claim_id uuid;
begin
  perform accounting.check_claim_ids(p_claim_ids);
  select a.id into v_claim_id
  from pg_catalog.unnest(p_claim_ids) as a (id)
  where not exists (
    select
    from accounting.claims as c
    where c.organisation_id = p_organisation_id
      and c.id = a.id
  )
  order by a.id
  limit 1;
  if found then
    raise exception using
      errcode = 'AX016',
      message = 'there is no such claim',
      detail = v_claim_id::text,
      hint = 'Nothing was changed. Claims come in through put_claims.';
  end if;
end;
$$;

comment on function accounting.require_claims(uuid, uuid[]) is
  'Raises AX001 to AX004, and AX016 for a claim that isn''t the organisation''s.';
