-- After a restore or a failover: nothing is sent until the claims that are open or recent were asked
-- for by reference. Called when a changed server is noticed, and by the operator after a dump was
-- restored in place, which no server notices. Asking goes on by itself, and ends the freeze.
-- Lock order: integrations sorted, then by organisation runs sorted, claims sorted, reservations.
create or replace function accounting.freeze (
  p_reason text,
  p_recent interval default '7 days'
)
  returns integer
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_count integer;
begin
  perform
  from accounting.integrations as i
  order by i.organisation_id, i.system
  for no key update;
  update accounting.integrations as i
  set frozen_at = accounting.clock(),
    frozen_reason = accounting.require_words(p_reason, 'the reason'),
    restored_at = accounting.clock()
  where i.system <> 'file';
  get diagnostics v_count = row_count;
  for v_organisation_id in select o.id from accounting.organisations as o order by o.id loop
    perform accounting.doubt_what_is_open(v_organisation_id, p_reason, p_recent);
  end loop;
  perform accounting.note_server();
  perform pg_catalog.pg_notify('accounting_export', '');
  return v_count;
end;
$$;

comment on function accounting.freeze(text, interval) is
  'Freezes every integration and has the ledgers asked for all open claims, and about runs that ended '
  'within p_recent; returns how many integrations. Raises AX017.';
