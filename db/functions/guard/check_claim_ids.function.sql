-- What a request may not contain, each with its own SQLSTATE. Nothing is stored.
create or replace function accounting.check_claim_ids (p_claim_ids uuid[])
  returns void
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_repeated uuid;
begin
  if coalesce(pg_catalog.cardinality(p_claim_ids), 0) = 0 then
    raise exception using
      errcode = 'AX001',
      message = 'no claims are asked for',
      hint = 'Name at least one claim in claim_ids.';
  end if;
  if pg_catalog.array_ndims(p_claim_ids) <> 1
    or pg_catalog.array_position(p_claim_ids, null) is not null
  then
    raise exception using
      errcode = 'AX002',
      message = 'claim_ids holds a null',
      hint = 'Name each claim by its id, in one flat list.';
  end if;
  if pg_catalog.cardinality(p_claim_ids) > 500 then
    raise exception using
      errcode = 'AX004',
      message = 'too many claims in one request',
      detail = pg_catalog.format('%s claims, at most 500', pg_catalog.cardinality(p_claim_ids)),
      hint = 'Split them over several requests.';
  end if;
  select c.id into v_repeated
  from pg_catalog.unnest(p_claim_ids) as c (id)
  group by c.id
  having count(*) > 1
  limit 1;
  if found then
    raise exception using
      errcode = 'AX003',
      message = 'a claim is named more than once',
      detail = v_repeated::text,
      hint = 'Name each claim once.';
  end if;
end;
$$;

comment on function accounting.check_claim_ids(uuid[]) is
  'Raises AX001 to AX004 for no claims, a null, a repeated claim, over 500 claims.';
