-- One organisation's trail against its kept heads. Of two faults the earlier one is
-- told. A row that is where it was kept, with that hash, vouches for all rows up to it.
create or replace function accounting.check_anchors_of (p_organisation_id uuid, p_anchors jsonb)
  returns table (
    is_valid boolean, rows_checked bigint, anchors_checked bigint, first_bad_seq bigint, reason text
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_anchor record;
  v_good_seq bigint := 0;
  v_last_seq bigint;
begin
  select v.is_valid, v.rows_checked, v.first_bad_seq, v.reason
  into is_valid, rows_checked, first_bad_seq, reason
  from accounting.verify_trail_of(p_organisation_id) as v;
  anchors_checked := 0;

  for v_anchor in
    select (a.anchor ->> 'seq')::bigint as seq, a.anchor ->> 'taken_at' as taken_at, r.hash,
      r.hash = a.anchor ->> 'hash' as agrees
    from pg_catalog.jsonb_array_elements(p_anchors) as a (anchor)
    left join accounting.export_runs as r
      on r.organisation_id = p_organisation_id
      and r.seq = (a.anchor ->> 'seq')::bigint
    order by 1, 4 desc nulls last, 2
  loop
    anchors_checked := anchors_checked + 1;
    if v_anchor.agrees then
      v_good_seq := v_anchor.seq;
      continue;
    end if;
    exit when first_bad_seq <= v_anchor.seq;
    is_valid := false;
    if v_anchor.hash is not null then
      first_bad_seq := v_good_seq + 1;
      reason := pg_catalog.format(
        'row %s is not the one that was kept at %s: the trail was rewritten between rows %s and %s',
        v_anchor.seq, v_anchor.taken_at, first_bad_seq, v_anchor.seq
      );
    else
      select coalesce(max(r.seq), 0) into v_last_seq
      from accounting.export_runs as r
      where r.organisation_id = p_organisation_id;
      first_bad_seq := v_last_seq + 1;
      reason := pg_catalog.format(
        'row %s, kept at %s, is gone: the trail ends at row %s',
        v_anchor.seq, v_anchor.taken_at, v_last_seq
      );
    end if;
    exit;
  end loop;
  return next;
end;
$$;

comment on function accounting.check_anchors_of(uuid, jsonb) is
  'Whether an organisation''s trail is whole and the one that the kept heads were taken from.';
