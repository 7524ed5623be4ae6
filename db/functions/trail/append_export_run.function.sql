-- The one way into the trail. Locks the organisation's head, so that rows get their number and
-- their previous hash one after the other; the same thing recorded again gives back its first row.
-- Lock order: the head is locked last of all (runs, claims and reservations come before).
create or replace function accounting.append_export_run (p_row accounting.export_runs)
  returns accounting.export_runs
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_head accounting.audit_heads;
  v_row accounting.export_runs;
begin
  p_row.is_late := coalesce(p_row.is_late, false);
  p_row.envelope_no := coalesce(p_row.envelope_no, 1);
  p_row.external_ids := coalesce(p_row.external_ids, '{}');

  select * into v_head
  from accounting.audit_heads
  where organisation_id = p_row.organisation_id
  for update;
  if not found then
    insert into accounting.audit_heads (organisation_id, seq, hash)
    values (p_row.organisation_id, 0, pg_catalog.repeat('0', 64))
    on conflict do nothing;
    select * into strict v_head
    from accounting.audit_heads
    where organisation_id = p_row.organisation_id
    for update;
  end if;

  v_row := accounting.recorded_before(p_row);
  if v_row.id is not null then
    return v_row;
  end if;

  p_row.seq := v_head.seq + 1;
  p_row.id := pg_catalog.gen_random_uuid();
  p_row.recorded_at := accounting.clock();
  p_row.previous_hash := v_head.hash;

  insert into accounting.export_runs
  values (p_row.*)
  returning * into v_row;

  update accounting.audit_heads
  set seq = v_row.seq,
    hash = v_row.hash
  where organisation_id = v_row.organisation_id;
  return v_row;
end;
$$;

comment on function accounting.append_export_run(accounting.export_runs) is
  'Appends a row to the trail; seq, id, time and hashes are set here. Recorded already: that row.';
