-- The honoraria that a missing acknowledgement can hold up: approved, not exported, in no run. By a
-- partial index, so that what was exported costs nothing.
create or replace function accounting.open_honoraria (p_organisation_id uuid)
  returns uuid[]
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(pg_catalog.array_agg(c.id), '{}')
  from accounting.claims as c
  where c.organisation_id = p_organisation_id
    and c.kind = 'driver_honorarium'
    and c.state = 'approved'
    and c.exported_at is null
    and c.erasure_id is null
    and not exists (
      select
      from accounting.claim_reservations as r
      where r.organisation_id = c.organisation_id
        and r.claim_id = c.id
        and r.verdict = 'exportable'
        and r.released_at is null
    );
$$;

comment on function accounting.open_honoraria(uuid) is
  'The approved honoraria of an organisation that are in no run and were not exported.';
