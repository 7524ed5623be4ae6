-- Why a row doesn't follow the last good one. Called once, so it may look further afield: for the
-- row that belongs here, and for the one that this row continues.
create or replace function accounting.explain_break (
  p_row accounting.export_runs,
  p_last_seq bigint,
  p_last_hash text
)
  returns table (first_bad_seq bigint, reason text)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_seq bigint := p_last_seq + 1;
  v_moved_from bigint := accounting.seq_of_moved_row(p_row.organisation_id, v_seq, p_last_hash);
  v_continued bigint;
begin
  first_bad_seq := v_seq;
  if p_row.seq < 1 or p_row.seq is null then
    first_bad_seq := p_row.seq;
    reason := 'a row was added by hand: the trail numbers from 1';
  elsif p_row.seq < v_seq then
    first_bad_seq := p_row.seq;
    reason := pg_catalog.format(
      'the trail was forked: row %s is there more than once', p_row.seq
    );
  elsif v_moved_from is not null then
    reason := pg_catalog.format(
      'rows were reordered: what was sealed as row %s now has the number %s', v_seq, v_moved_from
    );
  elsif p_row.seq = v_seq + 1 then
    reason := pg_catalog.format('row %s is missing', v_seq);
  elsif p_row.seq > v_seq then
    reason := pg_catalog.format('rows %s to %s are missing', v_seq, p_row.seq - 1);
  elsif p_row.hash is distinct from accounting.hash_export_run(p_row) then
    reason := pg_catalog.format(
      'row %s was changed: its hash does not fit its content', v_seq
    );
  else
    select r.seq into v_continued
    from accounting.export_runs as r
    where r.organisation_id = p_row.organisation_id
      and r.seq < p_last_seq
      and r.hash = p_row.previous_hash
    order by r.seq
    limit 1;
    reason := case
      when v_continued is not null then pg_catalog.format(
        'the trail was forked: row %s continues row %s, as row %s does',
        v_seq, v_continued, v_continued + 1
      )
      when p_last_seq = 0 then 'row 1 continues another row: what came before it was removed'
      else pg_catalog.format(
        'row %s does not continue row %s: one of the two was replaced and sealed anew',
        v_seq, p_last_seq
      )
    end;
  end if;
  return next;
end;
$$;

comment on function accounting.explain_break(accounting.export_runs, bigint, text) is
  'The first bad seq, and in words why this row does not follow the last good one.';
