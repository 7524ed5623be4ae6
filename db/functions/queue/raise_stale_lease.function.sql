-- The fencing: whoever hears this has no right to go on.
create or replace function accounting.raise_stale_lease (p_run_id uuid, p_lease_id uuid)
  returns void
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'AX020',
    message = 'the lease is stale',
    detail = pg_catalog.format('run %s, lease %s', p_run_id, p_lease_id),
    hint = 'Somebody else carries the run, or the sweep ended the lease. Send nothing.';
end;
$$;

comment on function accounting.raise_stale_lease(uuid, uuid) is 'Raises AX020.';
