-- The whole list is looked at before anything is stored; the first fault is named with its place.
create or replace function accounting.check_claims (p_claims jsonb)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_problem text;
begin
  if pg_catalog.jsonb_typeof(p_claims) is distinct from 'array'
    or pg_catalog.jsonb_array_length(p_claims) not between 1 and 1000
  then
    v_problem := 'the claims are a list of 1 to 1000 claims';
  else
    select pg_catalog.format('claim %s in the list: %s', p.place, accounting.claim_problem(p.claim))
    into v_problem
    from pg_catalog.jsonb_array_elements(p_claims) with ordinality as p (claim, place)
    where accounting.claim_problem(p.claim) is not null
    order by p.place
    limit 1;
    if v_problem is null then
      select pg_catalog.format('id %s or its reference is there twice', min(p.claim ->> 'id'))
      into v_problem
      from pg_catalog.jsonb_array_elements(p_claims) as p (claim)
      having count(distinct (p.claim ->> 'id')::uuid) < count(*)
        or count(distinct p.claim ->> 'reference') < count(*);
    end if;
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'AX012',
      message = 'a claim is not valid',
      detail = v_problem,
      hint = 'Nothing was stored. docs/api.md describes the form.';
  end if;
end;
$$;

comment on function accounting.check_claims(jsonb) is 'Raises AX012 for the first invalid claim.';
