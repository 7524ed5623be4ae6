-- Whether claims may lose their person's data, and what stands in the way. While a run holds a claim,
-- what is sent is computed from it; while it is open or doubted, somebody is still to be paid, or was
-- paid twice; and once it was delivered, the organisation keeps it for as long as it says. A run's
-- claims are kept until the same day at least, so that a file's content goes as a whole.
create or replace function accounting.judge_erasure (p_organisation_id uuid, p_claim_ids uuid[])
  returns table (claim_id uuid, reference text, hindrance text, free_at timestamptz)
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select
    c.id,
    c.reference,
    case
      when held.is_open then 'run_not_ended'
      when c.flagged_at is not null then 'flagged'
      when c.state <> 'withdrawn' and c.exported_at is null then 'not_exported'
      when kept.until > accounting.clock() then 'retention'
    end,
    kept.until
  from accounting.claims as c
  join accounting.organisations as o on o.id = c.organisation_id
  cross join lateral (
    select
      coalesce(pg_catalog.bool_or(e.ended_at is null), false) as is_open,
      max(e.ended_at) filter (
        where r.outcome in ('accepted', 'found', 'booked_by_hand', 'voided')
          or r.booked_late_at is not null
      ) as delivered_at
    from accounting.claim_reservations as r
    join accounting.export_requests as e
      on e.organisation_id = r.organisation_id
      and e.run_id = r.run_id
    where r.organisation_id = c.organisation_id
      and r.claim_id = c.id
      and r.verdict = 'exportable'
  ) as held
  cross join lateral (
    select greatest(c.exported_at, held.delivered_at)
      + pg_catalog.make_interval(months => o.retention_months) as until
  ) as kept
  where c.organisation_id = p_organisation_id
    and c.id = any (p_claim_ids)
    and c.erasure_id is null;
$$;

comment on function accounting.judge_erasure(uuid, uuid[]) is
  'Per claim that is not erased: what stands in the way of erasing it (run_not_ended, flagged, '
  'not_exported, retention; null: nothing), and when its retention ends (null: it was never '
  'delivered).';
