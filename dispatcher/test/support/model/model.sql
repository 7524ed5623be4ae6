-- What the model test needs beside db/tests/support/fixtures.sql: a step that tells its error instead
-- of raising it, all that the model compares in one value, and rules that must hold after each step.
create schema model;

-- In the order in which they are made, so that a seed tells the same story again.
create sequence model.runs;
alter table accounting.export_requests
  alter column run_id set default
    ('00000000-0000-4000-a000-' || lpad(nextval('model.runs')::text, 12, '0'))::uuid;

create function model.step (p_sql text)
  returns jsonb
  language plpgsql
as $$
declare
  v_rows jsonb;
begin
  execute format('select coalesce(jsonb_agg(to_jsonb(q)), ''[]'') from (%s) as q', p_sql) into v_rows;
  return jsonb_build_object('rows', v_rows);
exception when others then
  return jsonb_build_object('code', sqlstate, 'message', sqlerrm, 'rows', '[]'::jsonb);
end;
$$;

-- Milliseconds since the story began.
create function model.ms (p_at timestamptz)
  returns bigint
  language sql
as $$
  select (extract(epoch from p_at - now()) * 1000)::bigint;
$$;

create function model.number_of (p_id uuid)
  returns integer
  language sql
  immutable
as $$
  select right(p_id::text, 12)::integer;
$$;

-- What the trail says is booked, told without the functions that the product looks with.
create view model.booked as
select distinct x.organisation_id, x.run_id, c.id::uuid as claim_id
from accounting.export_runs as x
cross join lateral jsonb_array_elements_text(x.claim_ids) as c (id)
where x.outcome in ('accepted', 'found', 'booked_by_hand')
  and not exists (
    select
    from accounting.export_runs as v
    where v.organisation_id = x.organisation_id
      and v.run_id is not distinct from x.run_id
      and v.outcome = 'voided'
      and v.claim_ids ? c.id
      and (
        v.seq > x.seq
        or (x.external_ids -> c.id <> '[]' and x.external_ids -> c.id <@ (v.external_ids -> c.id))
      )
  );

create view model.violations as
select 'run ' || model.number_of(e.run_id) || ' (' || e.state || ') has no lease, no time and no '
  || 'attention: it is stuck silently' as rule
from accounting.export_requests as e
where e.ended_at is null
  and e.lease_id is null
  and e.next_attempt_at is null
  and not exists (select from api.export_attention as a where a.run_id = e.run_id)
union all
select 'claim ' || model.number_of(c.id) || ' of ' || model.number_of(c.organisation_id)
  || ' is flagged, and nobody asks for it or shows it to a person'
from accounting.claims as c
where c.flagged_at is not null
  and not exists (
    select
    from accounting.claim_questions as q
    where q.organisation_id = c.organisation_id
      and q.claim_id = c.id
  )
  and not exists (
    select
    from accounting.claim_reservations as r
    join accounting.export_requests as e
      on e.organisation_id = r.organisation_id
      and e.run_id = r.run_id
    where r.organisation_id = c.organisation_id
      and r.claim_id = c.id
      and r.verdict = 'exportable'
      and r.released_at is null
      and (
        e.ended_at is null or e.ask_at is not null or e.review_reason is not null
        or r.fault is not null
      )
  )
union all
select 'claim ' || model.number_of(r.claim_id) || ' is held by several runs'
from accounting.claim_reservations as r
where r.verdict = 'exportable'
  and r.released_at is null
group by r.organisation_id, r.claim_id
having count(*) > 1
union all
select 'run ' || model.number_of(e.run_id) || ' is charged ' || e.charged_attempts || ' of '
  || e.attempt_no || ' attempts, at most ' || i.max_attempts
from accounting.export_requests as e
join accounting.integrations as i
  on i.organisation_id = e.organisation_id
  and i.system = e.system
where e.charged_attempts not between 0 and least(e.attempt_no, i.max_attempts)
union all
select 'the trail says that claim ' || model.number_of(b.claim_id) || ' is booked by run '
  || coalesce(model.number_of(b.run_id)::text, 'none') || ', and neither claim nor reservation does'
from model.booked as b
join accounting.claims as c
  on c.organisation_id = b.organisation_id
  and c.id = b.claim_id
where c.exported_at is null
  or b.run_id is not null
    and not exists (
      select
      from accounting.claim_reservations as r
      where r.organisation_id = b.organisation_id
        and r.run_id = b.run_id
        and r.claim_id = b.claim_id
        and (r.delivered_at is not null or r.booked_late_at is not null)
    )
union all
select 'claim ' || model.number_of(c.id) || ' of ' || model.number_of(c.organisation_id)
  || ' is exported, and the trail knows nothing of it'
from accounting.claims as c
where c.exported_at is not null
  and not exists (
    select
    from model.booked as b
    where b.organisation_id = c.organisation_id
      and b.claim_id = c.id
  )
union all
select 'claim ' || model.number_of(r.claim_id) || ' is delivered by run '
  || model.number_of(r.run_id) || ', and the trail knows nothing of it'
from accounting.claim_reservations as r
where (r.delivered_at is not null or r.booked_late_at is not null)
  and not exists (
    select
    from model.booked as b
    where b.organisation_id = r.organisation_id
      and b.run_id = r.run_id
      and b.claim_id = r.claim_id
  )
union all
select 'claim ' || model.number_of(r.claim_id) || ' was released by run '
  || model.number_of(r.run_id) || ' while it was in doubt'
from accounting.claim_reservations as r
where r.released_at is not null
  and r.verdict = 'exportable'
  and r.doubted_at is not null
  and r.absence_proved_at is null
  and r.outcome is distinct from 'voided'
  and r.booked_late_at is null
  and r.delivered_at is null
union all
select 'the status of run ' || model.number_of(s.run_id) || ' doesn''t add up: ' || s.success_count
  || ' + ' || s.failure_count || ' + ' || s.skipped_count || ' + ' || o.open_count || ' open of '
  || s.total_claims
from api.export_status as s
cross join lateral (
  select count(*) as open_count
  from accounting.claim_reservations as r
  where r.organisation_id = s.organisation_id
    and r.run_id = s.run_id
    and r.verdict = 'exportable'
    and r.released_at is null
    and r.delivered_at is null
    and r.outcome is distinct from 'rejected'
) as o
where s.success_count + s.failure_count + s.skipped_count + o.open_count <> s.total_claims
union all
select 'attempt ' || n.no || ' of run ' || model.number_of(e.run_id) || ' left no row'
from accounting.export_requests as e
cross join lateral generate_series(1, e.attempt_no) as n (no)
where not (e.state = 'sending' and n.no = e.attempt_no)
  and not exists (
    select
    from accounting.export_runs as x
    where x.organisation_id = e.organisation_id
      and x.run_id = e.run_id
      and x.kind = 'attempt'
      and x.attempt_no = n.no
  )
union all
select 'the trail of ' || model.number_of(h.organisation_id) || ' has gaps'
from accounting.audit_heads as h
cross join lateral (
  select count(*) as row_count, max(x.seq) as last_seq
  from accounting.export_runs as x
  where x.organisation_id = h.organisation_id
) as t
where t.row_count <> h.seq or t.last_seq <> h.seq
union all
select 'more is leased of ' || model.number_of(i.organisation_id) || ' than its max_concurrency'
from accounting.integrations as i
where i.max_concurrency < (
  select count(*)
  from accounting.export_requests as e
  where e.organisation_id = i.organisation_id
    and e.system = i.system
    and e.lease_id is not null
);

create function model.snapshot ()
  returns jsonb
  language sql
as $$
  select jsonb_build_object(
    'violations', (select coalesce(jsonb_agg(v.rule), '[]') from model.violations as v),
    'trail', (select count(*) from accounting.export_runs),
    'runs', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'runId', e.run_id,
        'state', e.state,
        'attemptNo', e.attempt_no,
        'charged', e.charged_attempts,
        'leaseId', e.lease_id,
        'leaseEndsAt', model.ms(e.lease_expires_at),
        'nextAt', model.ms(e.next_attempt_at),
        'askAt', model.ms(e.ask_at),
        'quarantineUntil', model.ms(e.quarantine_until),
        'questions', e.question_count,
        'isReview', e.review_reason is not null,
        'isAbandoned', e.is_abandoned,
        'endedAt', model.ms(e.ended_at),
        'claims', (
          select jsonb_agg(jsonb_build_object(
            'no', model.number_of(r.claim_id),
            'verdict', r.verdict,
            'outcome', r.outcome,
            'failure', r.failure,
            'toldIn', coalesce(r.outcome_attempt_no, 0),
            'isDelivered', r.delivered_at is not null,
            'isReleased', r.released_at is not null,
            'isDoubted', r.doubted_at is not null,
            'isProved', r.absence_proved_at is not null,
            'absentAt', model.ms(r.absent_at)
          ) order by r.claim_id)
          from accounting.claim_reservations as r
          where r.organisation_id = e.organisation_id
            and r.run_id = e.run_id
        )
      ) order by e.run_id), '[]')
      from accounting.export_requests as e
    ),
    'claims', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'organisation', model.number_of(c.organisation_id),
        'no', model.number_of(c.id),
        'isFlagged', c.flagged_at is not null,
        'isExported', c.exported_at is not null
      )), '[]')
      from accounting.claims as c
    ),
    'integrations', (
      select jsonb_agg(jsonb_build_object(
        'organisation', model.number_of(i.organisation_id),
        'isPaused', i.paused_at is not null,
        'isFrozen', i.frozen_at is not null
      ))
      from accounting.integrations as i
    ),
    'questions', (select count(*) from accounting.claim_questions as q where q.problem is null)
  );
$$;
