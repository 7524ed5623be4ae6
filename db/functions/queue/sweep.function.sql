-- Ends lapsed leases; nobody else does. An attempt whose dispatcher died may have been applied: its
-- row is written here, as unknown, and the run is asked about. Lock order: runs sorted, claims
-- sorted, reservations sorted, heads by organisation, claim questions, follow-ups.
create or replace function accounting.sweep (p_limit integer default 100)
  returns integer
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock(); -- a variable, so that the index on time can be used
  v_lapsed accounting.export_requests[];
  v_run accounting.export_requests;
  v_count integer := 0;
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
    return accounting.sweep_claim_questions(p_limit) + accounting.sweep_follow_ups(p_limit);
  end if;
  perform accounting.lock_claims_of(o.organisation_id, o.run_ids)
  from (
    select l.organisation_id, pg_catalog.array_agg(l.run_id) as run_ids
    from pg_catalog.unnest(v_lapsed) as l
    group by l.organisation_id
    order by l.organisation_id
  ) as o;
  foreach v_run in array v_lapsed loop
    begin
      perform accounting.end_lapsed_lease(v_run);
      v_count := v_count + 1;
    exception when others then
      -- One run that can't be ended must not hold up all others; it is tried again at every sweep.
      raise warning 'the lease of run % could not be ended: % (%)', v_run.run_id, sqlerrm, sqlstate;
    end;
  end loop;
  -- Last, and past what others hold: they lock claims first, and these rows after.
  return v_count + accounting.sweep_claim_questions(p_limit)
    + accounting.sweep_follow_ups(p_limit);
end;
$$;

comment on function accounting.sweep(integer) is
  'Ends at most p_limit lapsed leases and returns how many: sending and asking go to in_doubt.';
