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
    when e.state = 'produced' then e.attempt_started_at
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
      then 'Look the claims up in the ledger, then resolve_export with what you saw; or '
        'reconcile_export to have it asked again.'
    when e.state = 'produced'
      then 'Get it with export_file, import it once, then confirm_import with what you saw in the '
        'ledger; void_export what was left out.'
    when e.state in ('in_doubt', 'reconciling')
      then 'Nothing: the ledger is asked again by itself. Look if it stays here.'
    when e.unreachable_since is not null
      then 'See whether the system is up; sending goes on by itself.'
    else 'See whether a dispatcher is running, and whether the integration is enabled.'
  end as action
from accounting.export_requests as e
-- As the index on what is open has it.
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
  e.organisation_id, 'needs_review', e.run_id, null, e.ended_at, e.review_reason,
  'Look the claims up in the ledger; reconcile_export has it asked again.'
from accounting.export_requests as e
where e.ended_at is not null
  and e.review_reason is not null
union all
select
  i.organisation_id, 'paused', null, null, i.paused_at,
  i.system || ' refused us: ' || i.paused_reason,
  'Mend sign-in, rights or address, then resume the integration.'
from accounting.integrations as i
where i.paused_at is not null
union all
select
  i.organisation_id, 'paused', null, null, i.frozen_at,
  i.frozen_reason || ': nothing is sent before the ledger was asked for what is open',
  'Nothing: it is asked by itself, and sending goes on then. Have the app put its claims in again.'
from accounting.integrations as i
where i.frozen_at is not null
union all
select
  c.organisation_id, 'flagged', c.exported_run_id, c.id, c.flagged_at,
  c.flagged_reason || coalesce(' (flagged by ' || c.flagged_by || ')', '')
    || coalesce(': ' || q.problem, ''),
  case
    when q.problem is null
      then 'Nothing: the ledger is asked for its reference before it is sent. If it is shown as '
        'faulted too, see there.'
    else 'Look it up in the ledger and mend it there; then flag_claims has it asked again.'
  end
from accounting.claims as c
left join lateral (
  select pg_catalog.string_agg(p.system || ': ' || p.problem, '; ' order by p.system) as problem
  from accounting.claim_questions as p
  where p.organisation_id = c.organisation_id
    and p.claim_id = c.id
    and p.problem is not null
) as q on true
where c.flagged_at is not null
union all
select
  r.organisation_id, 'booked_late', r.run_id, r.claim_id, r.booked_late_at,
  'the ledger told that it is booked after the claim had been released',
  'See whether another run booked it too. Remove one from the ledger and void_export it; if it is '
    'there once, reconcile_export.'
from accounting.claim_reservations as r
where r.booked_late_at is not null
union all
select
  r.organisation_id, 'faulted', r.run_id, r.claim_id, r.faulted_at, r.fault,
  case
    when r.is_fault_told
      then 'Mend it in the accounting system: this goes once it is booked there, sooner with '
        'reconcile_export. Or remove it there, void_export, and export it again.'
    else 'Mend it in the accounting system, then reconcile_export; or void_export what was removed '
      'there.'
  end
from accounting.claim_reservations as r
where r.fault is not null
union all
select
  f.organisation_id, 'faulted', null, null, f.failing_since,
  f.system || ' doesn''t tell what it booked or found faulty: ' || f.problem,
  'Nothing is held up by it. See whether the token may read the journal and the import''s errors.'
from accounting.follow_ups as f
where f.failure_count >= 3;

comment on view api.export_attention is
  'What a person should look at: what it is, since when, why, and what to do.';
comment on column api.export_attention.organisation_id is 'Whose it is.';
comment on column api.export_attention.kind is
  'queued_long, in_doubt_long, needs_review, produced, paused, unreachable, flagged, booked_late or '
  'faulted: docs/api.md.';
comment on column api.export_attention.run_id is 'The run; null: it concerns none.';
comment on column api.export_attention.claim_id is 'The claim; null: the whole run, or none.';
comment on column api.export_attention.since is 'Since when it has been so.';
comment on column api.export_attention.reason is 'What is the matter, in English.';
comment on column api.export_attention.action is 'What to do, in English.';
