-- The ledger has nothing of delivered claims: believed the second time, half a quarantine later.
create or replace function accounting.note_missing (
  p_run accounting.export_requests,
  p_claim_ids uuid[]
)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_asked_at timestamptz := coalesce(p_run.question_started_at, accounting.clock());
  v_gap_ms integer;
  v_missing uuid[];
begin
  select i.quarantine_ms / 2 into strict v_gap_ms
  from accounting.integrations as i
  where i.organisation_id = p_run.organisation_id
    and i.system = p_run.system;
  v_missing := array(
    select r.claim_id
    from accounting.claim_reservations as r
    where r.organisation_id = p_run.organisation_id
      and r.run_id = p_run.run_id
      and r.claim_id = any (p_claim_ids)
      and v_asked_at >= accounting.later(r.absent_at, v_gap_ms)
  );
  perform accounting.note_fault(
    p_run, v_missing, 'delivered, and the ledger has nothing of it any more'
  );
  if v_asked_at >= coalesce(p_run.quarantine_until, '-infinity') then
    update accounting.claim_reservations as r
    set absent_at = coalesce(r.absent_at, v_asked_at)
    where r.organisation_id = p_run.organisation_id
      and r.run_id = p_run.run_id
      and r.claim_id = any (p_claim_ids);
  end if;
  return pg_catalog.cardinality(v_missing) < pg_catalog.cardinality(p_claim_ids);
end;
$$;

comment on function accounting.note_missing(accounting.export_requests, uuid[]) is
  'Notes delivered claims that the ledger does not have; true: it has to be asked once more.';
