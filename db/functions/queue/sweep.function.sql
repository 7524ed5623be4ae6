-- Ends lapsed leases; nobody else does. An attempt whose dispatcher died may have been applied: its
-- row is written here, as unknown, and the run is asked about. Lock order: runs sorted, claims
-- sorted, reservations sorted, heads by organisation.
create or replace function accounting.sweep (p_limit integer default 100)
  returns integer
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  v_now timestamptz := accounting.clock(); -- a variable, so that the index on time can be used
  v_lapsed accounting.export_requests[];
  v_run accounting.export_requests;
begin
  select pg_catalog.array_agg(l order by l.organisation_id, l.run_id) into v_lapsed
  from (
    select *
    from accounting.export_requests as e
    where e.lease_id is not null
      and e.lease_expires_at <= v_now
    order by e.organisation_id, e.run_id
    limit p_limit
    for update skip locked
  ) as l;
  if v_lapsed is null then
    return 0;
  end if;
  foreach v_run in array v_lapsed loop
    perform accounting.lock_claims_of(v_run.organisation_id, v_run.run_id);
  end loop;
  foreach v_run in array v_lapsed loop
    perform accounting.end_lapsed_lease(v_run);
  end loop;
  return pg_catalog.cardinality(v_lapsed);
end;
$$;

comment on function accounting.sweep(integer) is
  'Ends at most p_limit lapsed leases and returns how many: sending and asking go to in_doubt.';
