-- What a person should look at, with what to do. Nothing is stuck without a row here.
create view api.export_attention
  with (security_invoker = true)
as
select
  e.organisation_id,
  case
    when e.state = 'needs_review' then 'needs_review'
    when e.state = 'produced' then 'produced'
    when e.state in ('in_doubt', 'reconciling') then 'in_doubt_long'
    when e.unreachable_since is not null then 'unreachable'
    else 'queued_long'
  end as kind,
  e.run_id,
  null::uuid as claim_id,
  case
    when e.state in ('in_doubt', 'reconciling') then e.in_doubt_since
    when e.state in ('sending', 'retry_wait') then coalesce(e.unreachable_since, e.requested_at)
    else e.requested_at
  end as since,
  case
    when e.state in ('needs_review', 'in_doubt', 'reconciling')
      then coalesce(e.review_reason, 'it is not certain whether the ledger has it')
    when e.state = 'produced' then 'the file was written, and nobody confirmed its import'
    when e.unreachable_since is not null then 'the accounting system can''t be reached'
    else 'it has been waiting for over an hour'
  end as reason,
  case
    when e.state = 'needs_review'
      then 'Look the claims up in the ledger. docs/states.md says how such a run is settled.'
    when e.state = 'produced' then 'Confirm the import, or void the claims.'
    when e.state in ('in_doubt', 'reconciling')
      then 'Nothing: the ledger is asked again by itself. Look if it stays here.'
    when e.unreachable_since is not null
      then 'See whether the system is up; sending goes on by itself.'
    else 'See whether a dispatcher is running, and whether the integration is enabled.'
  end as action
from accounting.export_requests as e
where e.state not in (
    'exported', 'partially_exported', 'rejected', 'failed', 'skipped', 'cancelled'
  )
  and (
    e.state in ('needs_review', 'produced')
    or (e.state = 'retry_wait' and e.unreachable_since is not null)
    or (
      e.state in ('in_doubt', 'reconciling')
      and e.in_doubt_since < accounting.clock() - interval '1 hour'
    )
    or (
      e.state in ('queued', 'sending', 'retry_wait')
      and e.requested_at < accounting.clock() - interval '1 hour'
    )
  )
union all
select
  i.organisation_id, 'paused', null, null, i.paused_at,
  i.system || ' refused us: ' || i.paused_reason,
  'Mend sign-in, rights or address, then resume the integration.'
from accounting.integrations as i
where i.paused_at is not null
union all
select
  c.organisation_id, 'flagged', c.exported_run_id, c.id, c.flagged_at, c.flagged_reason,
  'Nothing: the ledger is asked for its reference before it is sent.'
from accounting.claims as c
where c.flagged_at is not null
union all
select
  r.organisation_id, 'booked_late', r.run_id, r.claim_id, r.booked_late_at,
  'the ledger told that it is booked after the claim had been released',
  'See whether another run booked it too.'
from accounting.claim_reservations as r
where r.booked_late_at is not null
union all
select
  r.organisation_id, 'faulted', r.run_id, r.claim_id, r.delivered_at, r.fault,
  'Mend it in the accounting system.'
from accounting.claim_reservations as r
where r.fault is not null;

comment on view api.export_attention is
  'What a person should look at: what it is, since when, why, and what to do.';
