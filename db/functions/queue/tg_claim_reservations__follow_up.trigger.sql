-- Whatever delivers a claim, it is followed up from then on; whatever releases it ends that. What a
-- person booked by hand isn't: it may bear another reference.
create or replace function accounting.tg_claim_reservations__follow_up ()
  returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
begin
  if NEW.fault is null then
    NEW.is_fault_told := false;
  end if;
  if NEW.released_at is not null then
    NEW.booked_at := null;
  end if;
  if NEW.delivered_at is null or NEW.released_at is not null or NEW.booked_at is not null then
    NEW.follow_at := null;
  elsif NEW.outcome in ('accepted', 'found')
    and (OLD.delivered_at is null or OLD.released_at is not null)
  then
    NEW.followed_at := null;
    NEW.follow_at := (
      select accounting.next_follow_up_at(v_now, v_now, i.follow_up_ms)
      from accounting.export_requests as e
      join accounting.integrations as i
        on i.organisation_id = e.organisation_id
        and i.system = e.system
      where e.organisation_id = NEW.organisation_id
        and e.run_id = NEW.run_id
        and accounting.is_followed_up(e.system)
    );
  end if;
  return NEW;
end;
$$;

create or replace trigger follow_up
  before update on accounting.claim_reservations
  for each row
  execute function accounting.tg_claim_reservations__follow_up();
