-- An answer about a run that had ended, told again by a dispatcher that lost the answer of the commit,
-- has to read as it did the first time: as it is, or split.
create or replace function accounting.as_first_told (
  p_result jsonb,
  p_run accounting.export_requests,
  p_item jsonb
)
  returns table (item jsonb)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_run.ended_at is null and p_run.state <> 'produced')
    or p_item ->> 'outcome' <> 'absent'
    or (accounting.recorded_before(accounting.trail_row(p_result, p_item))).id is not null
  then
    return query select p_item;
  else
    return query select s.item from accounting.split_absent(p_run, p_item) as s;
  end if;
end;
$$;

comment on function accounting.as_first_told(jsonb, accounting.export_requests, jsonb) is
  'One item of a report as it was recorded first, if it was; else as split_absent has it.';
