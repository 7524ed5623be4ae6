-- The app's door for approved claims.
create or replace function api.put_claims (p_claims jsonb)
  returns table (claim_id uuid, reference text, result text)
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_named text;
  v_detail text;
  v_hint text;
begin
  select min(p.claim ->> 'organisation_id') into v_named
  from pg_catalog.jsonb_array_elements(
    case pg_catalog.jsonb_typeof(p_claims) when 'array' then p_claims else '[]' end
  ) as p (claim);
  if v_named is not null and not accounting.is_uuid(pg_catalog.lower(v_named)) then
    raise exception using
      errcode = 'AX012',
      message = 'a claim is not valid',
      detail = 'organisation_id is not a uuid',
      hint = 'Nothing was stored. docs/api.md describes the form.';
  end if;
  v_organisation_id := accounting.require_organisation(array['app'], v_named::uuid);
  if exists (
    select
    from pg_catalog.jsonb_array_elements(
      case pg_catalog.jsonb_typeof(p_claims) when 'array' then p_claims else '[]' end
    ) as p (claim)
    where pg_catalog.lower(coalesce(p.claim ->> 'organisation_id', v_named, ''))
      <> coalesce(pg_catalog.lower(v_named), '')
  ) then
    raise exception using
      errcode = 'AX005',
      message = 'the claims belong to several organisations',
      hint = 'Send the claims of one organisation at a time.';
  end if;
  return query select * from accounting.put_claims(v_organisation_id, p_claims);
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.put_claims(jsonb) is
  'Stores approved claims, all or none: an array of {id, reference, kind, state, claimant: {id, '
  'name}, currency, total, lines: [{type, date, amount, quantity, text}]}, money as strings. '
  'For the app; service_role adds organisation_id to each.';
