-- Locks runs of one organisation, sorted, and with them the runs that hold one of their claims by
-- now: a late answer may have something to say to those.
create or replace function accounting.lock_runs (p_organisation_id uuid, p_run_ids uuid[])
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform
  from accounting.export_requests as e
  where e.organisation_id = p_organisation_id
    and e.run_id in (
      select pg_catalog.unnest(p_run_ids)
      union
      select holder.run_id
      from accounting.claim_reservations as own
      join accounting.claim_reservations as holder
        on holder.organisation_id = own.organisation_id
        and holder.claim_id = own.claim_id
        and holder.verdict = 'exportable'
        and holder.released_at is null
      where own.organisation_id = p_organisation_id
        and own.run_id = any (p_run_ids)
        and own.released_at is not null
    )
  order by e.run_id
  for update;
end;
$$;

comment on function accounting.lock_runs(uuid, uuid[]) is
  'Locks runs, and the runs that hold claims which these released, in the order of their ids.';
