-- Leases due runs of one integration, or none if somebody else is leasing there right now.
create or replace function accounting.lease_runs_of (
  p_organisation_id uuid,
  p_system text,
  p_dispatcher text,
  p_limit integer
)
  returns table (
    organisation_id uuid, run_id uuid, lease_id uuid, purpose text, lease_ms integer
  )
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_integration accounting.integrations;
  v_running integer;
  v_left integer;
  v_taken integer;
  v_lease_id uuid;
  v_now timestamptz := accounting.clock(); -- a variable, so that the index on time can be used
begin
  select * into v_integration
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.system = p_system
  for no key update skip locked;
  if not found then
    return;
  end if;

  select count(*) into v_running
  from (
    select e.lease_id
    from accounting.export_requests as e
    where e.organisation_id = p_organisation_id
      and e.system = p_system
      and e.lease_id is not null
    union
    select q.lease_id
    from accounting.claim_questions as q
    where q.organisation_id = p_organisation_id
      and q.system = p_system
      and q.lease_id is not null
    union
    select f.lease_id
    from accounting.follow_ups as f
    where f.organisation_id = p_organisation_id
      and f.system = p_system
      and f.lease_id is not null
  ) as l;
  v_left := least(p_limit, v_integration.max_concurrency - v_running);

  return query
  with due as (
    select e.run_id
    from accounting.export_requests as e
    where e.organisation_id = p_organisation_id
      and e.system = p_system
      and e.state in ('queued', 'retry_wait', 'in_doubt')
      and e.lease_id is null
      and e.next_attempt_at <= v_now
      and (
        e.state = 'in_doubt'
        or (
          v_integration.is_enabled
          and v_integration.paused_at is null
          and v_integration.frozen_at is null
        )
      )
    order by e.next_attempt_at, e.run_id
    limit greatest(v_left, 0)
    for update skip locked
  )
  update accounting.export_requests as e
  set lease_id = pg_catalog.gen_random_uuid(),
    lease_expires_at = accounting.later(v_now, v_integration.lease_ms),
    leased_by = p_dispatcher,
    state = case e.state when 'in_doubt' then 'reconciling' else e.state end,
    next_attempt_at = case e.state when 'in_doubt' then null else e.next_attempt_at end,
    question_count = e.question_count + case e.state when 'in_doubt' then 1 else 0 end
  from due
  where e.organisation_id = p_organisation_id
    and e.run_id = due.run_id
  returning
    e.organisation_id, e.run_id, e.lease_id,
    case e.state when 'reconciling' then 'ask' else 'send' end,
    v_integration.lease_ms;
  get diagnostics v_taken = row_count;
  v_left := v_left - v_taken;

  -- What ended, and a person or a restore wants to know again: the state stays.
  return query
  with asked as (
    select e.run_id
    from accounting.export_requests as e
    where e.organisation_id = p_organisation_id
      and e.system = p_system
      and e.lease_id is null
      and e.ask_at <= v_now
    order by e.ask_at, e.run_id
    limit greatest(v_left, 0)
    for update skip locked
  )
  update accounting.export_requests as e
  set lease_id = pg_catalog.gen_random_uuid(),
    lease_expires_at = accounting.later(v_now, v_integration.lease_ms),
    leased_by = p_dispatcher,
    question_count = e.question_count + 1
  from asked
  where e.organisation_id = p_organisation_id
    and e.run_id = asked.run_id
  returning e.organisation_id, e.run_id, e.lease_id, 'ask'::text, v_integration.lease_ms;
  get diagnostics v_taken = row_count;
  v_left := v_left - v_taken;

  if v_left > 0 then
    v_lease_id := accounting.lease_claim_questions(v_integration, p_dispatcher);
    if v_lease_id is not null then
      return query
        select p_organisation_id, null::uuid, v_lease_id, 'ask'::text, v_integration.lease_ms;
      v_left := v_left - 1;
    end if;
  end if;
  -- Last, so that it holds up nothing else that is due.
  if v_left > 0 then
    v_lease_id := accounting.lease_follow_up(v_integration, p_dispatcher);
    if v_lease_id is not null then
      return query
        select p_organisation_id, null::uuid, v_lease_id, 'follow'::text, v_integration.lease_ms;
    end if;
  end if;
end;
$$;

comment on function accounting.lease_runs_of(uuid, text, text, integer) is
  'Leases due runs of one integration, within its max_concurrency.';
