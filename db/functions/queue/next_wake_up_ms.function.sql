-- How long a dispatcher may sleep: until the next run is due or the next lease lapses. What is due
-- already and was not leased (paused, all hands busy) is left to the poll.
create or replace function accounting.next_wake_up_ms ()
  returns integer
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  -- Not least(): with nothing waiting the answer is null, and least() would leave the null out.
  select case when w.ms > 86400000 then 86400000 else w.ms end::integer
  from (select accounting.clock()) as c (at)
  cross join lateral (
    select pg_catalog.ceil(extract(epoch from (
      least(
        (
          select min(e.next_attempt_at)
          from accounting.export_requests as e
          where e.state in ('queued', 'retry_wait', 'in_doubt')
            and e.lease_id is null
            and e.next_attempt_at > c.at
        ),
        (
          select min(e.lease_expires_at)
          from accounting.export_requests as e
          where e.lease_id is not null
            and e.lease_expires_at > c.at
        ),
        (
          select min(e.ask_at)
          from accounting.export_requests as e
          where e.ask_at is not null
            and e.lease_id is null
            and e.ask_at > c.at
        ),
        (
          select min(q.next_question_at)
          from accounting.claim_questions as q
          where q.next_question_at > c.at
        ),
        (
          select min(q.lease_expires_at)
          from accounting.claim_questions as q
          where q.lease_id is not null
            and q.lease_expires_at > c.at
        )
      ) - c.at
    )) * 1000)
  ) as w (ms);
$$;

comment on function accounting.next_wake_up_ms() is
  'Milliseconds until the next run is due or a lease lapses; null: nothing is waiting.';
