-- The claims of a run by where they stand.
create or replace function accounting.count_reservations (p_organisation_id uuid, p_run_id uuid)
  returns table (
    exportable_count bigint, delivered_count bigint, open_count bigint, unknown_count bigint,
    refused_count bigint, unproved_count bigint
  )
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select
    count(*),
    count(*) filter (where r.delivered_at is not null and r.released_at is null),
    count(*) filter (where r.is_pending and r.outcome is distinct from 'rejected'),
    count(*) filter (where r.is_pending and r.outcome = 'unknown'),
    count(*) filter (where r.is_pending and r.outcome = 'rejected'),
    count(*) filter (
      where r.is_pending and r.doubted_at is not null and r.absence_proved_at is null
    )
  from (
    select *, i.delivered_at is null and i.released_at is null as is_pending
    from accounting.claim_reservations as i
    where i.organisation_id = p_organisation_id
      and i.run_id = p_run_id
      and i.verdict = 'exportable'
  ) as r;
$$;

comment on function accounting.count_reservations(uuid, uuid) is
  'Of a run: claims reserved, delivered, open, of unknown outcome, refused, and not yet proved absent.';
