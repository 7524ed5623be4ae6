-- A person wants to know how a run's claims stand: what was delivered and isn't booked is followed up
-- soon, also what nobody asks for any more. While follow-ups fail, their waiting stays.
-- The caller holds the run's claims. Lock order: reservations sorted, follow-up.
create or replace function accounting.follow_up_soon (p_run accounting.export_requests)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
begin
  if not accounting.is_followed_up(p_run.system) then
    return;
  end if;
  update accounting.claim_reservations as r
  set follow_at = v_now
  where r.organisation_id = p_run.organisation_id
    and r.run_id = p_run.run_id
    and r.outcome in ('accepted', 'found')
    and r.delivered_at is not null
    and r.released_at is null
    and r.booked_at is null;
  if found then
    update accounting.follow_ups as f
    set next_at = least(f.next_at, v_now)
    where f.organisation_id = p_run.organisation_id
      and f.system = p_run.system
      and f.failure_count = 0;
  end if;
end;
$$;

comment on function accounting.follow_up_soon(accounting.export_requests) is
  'Has the delivered claims of a run followed up as soon as may be.';
