-- Walks the trail of one organisation in the order of its numbers, one row at a time, and stops at
-- the first row that isn't what the chain says. Stable, so that rows and head come from one
-- snapshot: what is appended meanwhile is not seen, neither the row nor the head that moved for it.
-- A trail that was rewritten from some row to the end, the head included, verifies: only a head
-- that was kept outside of this database tells (accounting.check_anchors).
create or replace function accounting.verify_trail_of (p_organisation_id uuid)
  returns table (is_valid boolean, rows_checked bigint, first_bad_seq bigint, reason text)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row accounting.export_runs;
  v_seq bigint := 0;
  v_hash text := pg_catalog.repeat('0', 64);
begin
  rows_checked := 0;
  for v_row in
    select *
    from accounting.export_runs as r
    where r.organisation_id = p_organisation_id
    order by r.seq, r.recorded_at, r.id
  loop
    rows_checked := rows_checked + 1;
    if v_row.seq = v_seq + 1
      and v_row.previous_hash = v_hash
      and v_row.hash = accounting.hash_export_run(v_row)
    then
      v_seq := v_row.seq;
      v_hash := v_row.hash;
    else
      select e.first_bad_seq, e.reason into first_bad_seq, reason
      from accounting.explain_break(v_row, v_seq, v_hash) as e;
      is_valid := false;
      return next;
      return;
    end if;
  end loop;

  select e.first_bad_seq, e.reason into first_bad_seq, reason
  from accounting.explain_head(p_organisation_id, v_seq, v_hash) as e;
  is_valid := reason is null;
  return next;
exception when feature_not_supported or numeric_value_out_of_range then
  -- A time without end, or past what can be counted in microseconds: no row was sealed with that.
  is_valid := false;
  first_bad_seq := v_row.seq;
  reason := pg_catalog.format('row %s was changed: it holds a time that has no hash', v_row.seq);
  return next;
end;
$$;

comment on function accounting.verify_trail_of(uuid) is
  'Recomputes the chain of an organisation''s trail. One row: is_valid; else the first bad seq and '
  'why.';
