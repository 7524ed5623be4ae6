-- Somebody else was faster, or the run was never there.
create or replace function accounting.raise_not_in_state (
  p_run accounting.export_requests,
  p_message text,
  p_hint text
)
  returns void
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'AX018',
    message = p_message,
    detail = pg_catalog.format('run %s is %s', p_run.run_id, p_run.state),
    hint = p_hint;
end;
$$;

comment on function accounting.raise_not_in_state(accounting.export_requests, text, text) is
  'Raises AX018: the run isn''t in a state for this.';
