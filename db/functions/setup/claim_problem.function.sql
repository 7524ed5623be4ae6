-- What is wrong with one claim as the app sends it; null: nothing. Money comes as strings, so that
-- no JSON parser on the way rounds it.
create or replace function accounting.claim_problem (p_claim jsonb)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_line jsonb;
  v_key text;
begin
  if pg_catalog.jsonb_typeof(p_claim) is distinct from 'object' then
    return 'a claim is an object';
  end if;
  select k.key into v_key
  from pg_catalog.jsonb_object_keys(p_claim) as k (key)
  where k.key not in (
    'id', 'reference', 'kind', 'state', 'claimant', 'currency', 'total', 'lines', 'organisation_id'
  );
  if found then
    return pg_catalog.format('%I is not a key of a claim', v_key);
  end if;
  if not coalesce(accounting.is_uuid(pg_catalog.lower(p_claim ->> 'id')), false) then
    return 'id is not a uuid';
  end if;
  if not coalesce(p_claim ->> 'reference' ~ '^[A-Z0-9][A-Z0-9-]{0,19}$', false) then
    return 'reference takes 1 to 20 of A to Z, 0 to 9 and -, and doesn''t begin with -';
  end if;
  if not coalesce(p_claim ->> 'kind' in ('travel_expense', 'driver_honorarium'), false) then
    return 'kind is travel_expense or driver_honorarium';
  end if;
  if coalesce(p_claim ->> 'state', 'approved') not in ('approved', 'withdrawn') then
    return 'state is approved or withdrawn';
  end if;
  if not coalesce(
    p_claim #>> '{claimant,id}' ~ '\S' and p_claim #>> '{claimant,name}' ~ '\S'
    and pg_catalog.length(p_claim #>> '{claimant,id}') <= 200
    and pg_catalog.length(p_claim #>> '{claimant,name}') <= 200, false
  ) then
    return 'claimant has an id and a name, each of 1 to 200 characters';
  end if;
  if not coalesce(p_claim ->> 'currency' ~ '^[A-Z]{3}$', false) then
    return 'currency is a code of three letters';
  end if;
  if not accounting.is_money(p_claim -> 'total') or (p_claim ->> 'total')::numeric <= 0 then
    return 'total is an amount over zero, as a string: "123.50"';
  end if;
  if pg_catalog.jsonb_typeof(p_claim -> 'lines') is distinct from 'array'
    or pg_catalog.jsonb_array_length(p_claim -> 'lines') not between 1 and 1000
  then
    return 'lines is a list of 1 to 1000 lines';
  end if;
  for v_line in select * from pg_catalog.jsonb_array_elements(p_claim -> 'lines') loop
    if accounting.claim_line_problem(v_line) is not null then
      return 'a line: ' || accounting.claim_line_problem(v_line);
    end if;
  end loop;
  if (
    select sum((l.line ->> 'amount')::numeric)
    from pg_catalog.jsonb_array_elements(p_claim -> 'lines') as l (line)
  ) <> (p_claim ->> 'total')::numeric then
    return 'the lines don''t sum to the total';
  end if;
  return null;
end;
$$;

comment on function accounting.claim_problem(jsonb) is
  'What is wrong with a claim as put_claims takes it, in words; null: nothing.';
