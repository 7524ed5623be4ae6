-- Hands due work to a dispatcher: runs to send, runs to ask about (in doubt, or ended and doubted by
-- a person), and, with run_id null, claims to ask about that no run holds, and delivered claims to
-- follow up. Integration by
-- integration, each locked with skip locked before its running ones are counted, so that
-- max_concurrency holds with any number of dispatchers, and one busy organisation holds up no other.
-- The order is random and each takes at most its share, which is what makes it fair.
-- Lock order: integration, runs sorted, claim questions sorted, follow-up.
create or replace function accounting.lease_runs (
  p_dispatcher text,
  p_limit integer
)
  returns table (
    organisation_id uuid, run_id uuid, lease_id uuid, purpose text, lease_ms integer
  )
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock(); -- a variable, so that the index on time can be used
  v_due record;
  v_left integer := p_limit;
  v_taken integer;
begin
  perform accounting.notice_restore();
  perform accounting.end_freeze();
  for v_due in
    select i.organisation_id, i.system,
      count(*) over () - row_number() over (order by pg_catalog.random()) + 1 as still_to_come
    from accounting.integrations as i
    where exists (
        select
        from accounting.export_requests as e
        where e.organisation_id = i.organisation_id
          and e.system = i.system
          and e.state in ('queued', 'retry_wait', 'in_doubt')
          and e.lease_id is null
          and e.next_attempt_at <= v_now
          and (
            e.state = 'in_doubt'
            or (i.is_enabled and i.paused_at is null and i.frozen_at is null)
          )
      )
      or exists (
        select
        from accounting.export_requests as e
        where e.organisation_id = i.organisation_id
          and e.system = i.system
          and e.lease_id is null
          and e.ask_at <= v_now
      )
      or exists (
        select
        from accounting.claim_questions as q
        where q.organisation_id = i.organisation_id
          and q.system = i.system
          and q.next_question_at <= v_now
      )
      or (
        accounting.is_followed_up(i.system)
        and i.paused_at is null
        and i.frozen_at is null
        and exists (
          select
          from accounting.claim_reservations as r
          where r.organisation_id = i.organisation_id
            and r.follow_at <= v_now
        )
        and not exists (
          select
          from accounting.follow_ups as f
          where f.organisation_id = i.organisation_id
            and f.system = i.system
            and (f.lease_id is not null or f.next_at > v_now)
        )
      )
    order by still_to_come desc
  loop
    exit when v_left <= 0;
    return query
      select * from accounting.lease_runs_of(
        v_due.organisation_id, v_due.system, p_dispatcher,
        pg_catalog.ceil(v_left::numeric / v_due.still_to_come)::integer
      );
    get diagnostics v_taken = row_count;
    v_left := v_left - v_taken;
  end loop;
end;
$$;

comment on function accounting.lease_runs(text, integer) is
  'Leases at most p_limit due runs, fairly over organisations: purpose `send` (then start_attempt), '
  '`ask` (then start_question; without a run: claims to ask about by reference), or `follow` (then '
  'start_follow_up).';
