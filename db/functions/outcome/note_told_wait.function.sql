-- What the remote told us to wait is honoured, up to a day.
create or replace function accounting.note_told_wait (
  p_organisation_id uuid,
  p_run_id uuid,
  p_rows jsonb
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_wait_ms double precision;
begin
  select max(least(greatest((i.item ->> 'retry_after_ms')::double precision, 0), 86400000))
  into v_wait_ms
  from pg_catalog.jsonb_array_elements(p_rows) as i (item);
  if v_wait_ms is not null then
    update accounting.export_requests as e
    set retry_not_before = greatest(
      e.retry_not_before, accounting.later(accounting.clock(), v_wait_ms)
    )
    where e.organisation_id = p_organisation_id
      and e.run_id = p_run_id;
  end if;
end;
$$;

comment on function accounting.note_told_wait(uuid, uuid, jsonb) is
  'Notes how long the remote told us to wait, clamped to 24 hours.';
