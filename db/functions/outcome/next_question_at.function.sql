-- When a run in doubt is asked about next. Questions cost (Xledger counts them), so after three the
-- next one waits for the quarantine's end; the one that proves absence comes half a quarantine later.
create or replace function accounting.next_question_at (
  p_run accounting.export_requests,
  p_integration accounting.integrations,
  p_question_count integer,
  p_quarantine_until timestamptz
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
      accounting.backoff_ms(
        p_integration.base_delay_ms, p_integration.max_delay_ms, p_question_count + 1
      )
    ),
    case when p_question_count >= 3 then p_quarantine_until end,
    (
      select accounting.later(max(r.absent_at), p_integration.quarantine_ms / 2)
      from accounting.claim_reservations as r
      where r.organisation_id = p_run.organisation_id
        and r.run_id = p_run.run_id
        and r.released_at is null
        and r.delivered_at is null
        and r.absence_proved_at is null
    )
  );
$$;

comment on function accounting.next_question_at(
  accounting.export_requests, accounting.integrations, integer, timestamptz
) is 'When the accounting system is asked next about a run in doubt.';
