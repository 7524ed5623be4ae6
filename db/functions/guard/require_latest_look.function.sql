-- Honoraria are judged by what others change under the organisation's lock. A snapshot taken before
-- that lock was got would not see it, so they are requested under READ COMMITTED only (the default,
-- and what PostgREST uses).
create or replace function accounting.require_latest_look (
  p_organisation_id uuid,
  p_claim_ids uuid[]
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if pg_catalog.current_setting('transaction_isolation') in ('read committed', 'read uncommitted')
  then
    return;
  end if;
  if exists (
    select
    from accounting.claims as c
    where c.organisation_id = p_organisation_id
      and c.id = any (p_claim_ids)
      and c.kind = 'driver_honorarium'
  ) then
    raise exception using
      errcode = 'AX011',
      message = 'honoraria are requested under READ COMMITTED only',
      hint = 'Under another isolation level the request might not see what was switched off or '
        'withdrawn.';
  end if;
end;
$$;

comment on function accounting.require_latest_look(uuid, uuid[]) is
  'Raises AX011 if honoraria are among the claims and the transaction looks at an older state.';
