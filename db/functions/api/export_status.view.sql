-- One row a run, as a coordinator sees it.
create view api.export_status
  with (security_invoker = true)
as
select
  e.run_id,
  e.organisation_id,
  e.system,
  e.state as integration_status,
  pg_catalog.cardinality(e.claim_ids) as total_claims,
  c.success_count,
  c.failure_count,
  c.skipped_count,
  e.attempt_no as attempts,
  e.requested_by,
  e.requested_at,
  e.exported_at,
  e.next_attempt_at,
  t.http_status as last_http_status,
  t.error_message as last_error
from accounting.export_requests as e
cross join lateral (
  select
    count(*) filter (
      where r.delivered_at is not null and r.released_at is null and e.state <> 'produced'
    )::integer as success_count,
    count(*) filter (
      where r.verdict = 'exportable'
        and r.delivered_at is null
        and (
          r.outcome = 'rejected'
          or (
            r.released_at is not null
            and e.state <> 'cancelled'
            and r.outcome is distinct from 'cancelled'
            and r.outcome is distinct from 'voided'
          )
        )
    )::integer as failure_count,
    count(*) filter (
      where r.verdict <> 'exportable'
        or (
          r.released_at is not null
          and r.outcome is distinct from 'rejected'
          and (
            e.state = 'cancelled' or r.outcome in ('cancelled', 'voided')
            or r.delivered_at is not null
          )
        )
    )::integer as skipped_count
  from accounting.claim_reservations as r
  where r.organisation_id = e.organisation_id
    and r.run_id = e.run_id
) as c
left join lateral (
  select x.http_status, x.error_message
  from accounting.export_runs as x
  where x.organisation_id = e.organisation_id
    and x.run_id = e.run_id
  order by x.seq desc
  limit 1
) as t on true;

comment on view api.export_status is
  'One row a run: where it stands and how many of its claims were delivered, failed or skipped. '
  'What is left of total_claims is still open; so are claims whose file nobody confirmed as imported.';
comment on column api.export_status.run_id is 'The run.';
comment on column api.export_status.organisation_id is 'Whose run.';
comment on column api.export_status.system is
  'Where it goes: business_central, xledger or file. As first sent, whatever was set up since.';
comment on column api.export_status.integration_status is 'The state: docs/states.md.';
comment on column api.export_status.total_claims is 'Claims that were asked for.';
comment on column api.export_status.success_count is 'Claims that the accounting system has.';
comment on column api.export_status.failure_count is 'Claims that were refused or given up.';
comment on column api.export_status.skipped_count is
  'Claims that the guard did not let through, or that a person cancelled or voided.';
comment on column api.export_status.attempts is 'Attempts that were started.';
comment on column api.export_status.requested_by is
  'Who asked: the token''s sub, or the database role.';
comment on column api.export_status.requested_at is 'When it was asked for: pages go by this.';
comment on column api.export_status.exported_at is
  'When it ended with claims delivered; null: not, or not yet.';
comment on column api.export_status.next_attempt_at is 'When the run goes on; null: not waiting.';
comment on column api.export_status.last_http_status is
  'Of the last row in the trail; null: none yet, or no answer came.';
comment on column api.export_status.last_error is
  'Of the last row in the trail, sanitised; null: none.';
