-- Records what a follow-up told. Never raises for a stale lease: late, it tells nothing that the next
-- one won't. Nothing goes into the trail (docs/decisions.md).
-- The result: {organisation_id, lease_id, claim_ids (those that the answer is about),
-- booked_claim_ids, faults (by claim id; null: they couldn't be read), problem, retry_after_ms}.
-- Lock order: reservations sorted, follow-up.
create or replace function accounting.record_follow_up (p_result jsonb)
  returns boolean
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid := (p_result ->> 'organisation_id')::uuid;
  v_lease_id uuid := (p_result ->> 'lease_id')::uuid;
  v_claim_ids uuid[] := array(
    select c.id::uuid from pg_catalog.jsonb_array_elements_text(p_result -> 'claim_ids') as c (id)
  );
  v_follow_up accounting.follow_ups;
begin
  perform
  from accounting.claim_reservations as r
  where r.organisation_id = v_organisation_id
    and r.claim_id = any (v_claim_ids)
    and r.follow_at is not null
  order by r.claim_id, r.run_id
  for update;
  select * into v_follow_up
  from accounting.follow_ups as f
  where f.organisation_id = v_organisation_id
    and f.lease_id = v_lease_id
    and f.started_at is not null
  for update;
  if not found then
    return false;
  end if;
  perform accounting.apply_follow_up(v_follow_up, v_claim_ids, p_result);
  perform accounting.end_follow_up(
    v_organisation_id, v_lease_id, p_result ->> 'problem',
    (p_result ->> 'retry_after_ms')::double precision
  );
  return true;
end;
$$;

comment on function accounting.record_follow_up(jsonb) is
  'Records what the system told of delivered claims: booked, faulty or neither; false: the lease had '
  'ended, and nothing was recorded.';
