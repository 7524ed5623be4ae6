-- When a run is sent again. An unreachable system is tried every max_delay_ms; a paused one as soon
-- as it is resumed; an attempt that settled some claims and undid the others goes on at once.
create or replace function accounting.next_send_at (
  p_run accounting.export_requests,
  p_integration accounting.integrations
)
  returns timestamptz
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select greatest(
    p_run.retry_not_before,
    accounting.later(
      accounting.clock(),
      case
        when f.is_unreachable then p_integration.max_delay_ms
        when f.is_paused or f.is_undone then 0
        else accounting.backoff_ms(
          p_integration.base_delay_ms, p_integration.max_delay_ms, p_run.charged_attempts
        )
      end
    )
  )
  from (
    select
      coalesce(bool_or(r.failure = 'unreachable'), false),
      coalesce(bool_or(r.failure = 'configuration'), false),
      coalesce(bool_and(r.failure = 'undone'), false)
    from accounting.claim_reservations as r
    where r.organisation_id = p_run.organisation_id
      and r.run_id = p_run.run_id
      and r.outcome = 'not_applied'
      and r.outcome_attempt_no = p_run.attempt_no
      and r.released_at is null
  ) as f (is_unreachable, is_paused, is_undone);
$$;

comment on function accounting.next_send_at(accounting.export_requests, accounting.integrations) is
  'When a run may be sent again: backoff, or what the remote told us to wait.';
