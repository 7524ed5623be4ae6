-- The row that was sealed with this number as the next one after that hash, if it stands elsewhere.
create or replace function accounting.seq_of_moved_row (
  p_organisation_id uuid,
  p_seq bigint,
  p_previous_hash text
)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row accounting.export_runs;
  v_seq bigint;
begin
  for v_row in
    select *
    from accounting.export_runs as r
    where r.organisation_id = p_organisation_id
      and r.seq <> p_seq
      and r.previous_hash = p_previous_hash
    order by r.seq
  loop
    v_seq := v_row.seq;
    v_row.seq := p_seq;
    if v_row.hash = accounting.hash_export_run(v_row) then
      return v_seq;
    end if;
  end loop;
  return null;
end;
$$;

comment on function accounting.seq_of_moved_row(uuid, bigint, text) is
  'The number that the row has now which was sealed with this one; null: there is no such row.';
