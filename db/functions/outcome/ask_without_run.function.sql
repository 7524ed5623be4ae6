-- Has the ledgers asked for flagged claims that no run holds, in every system that the organisation
-- sends to or ever sent to. What a run holds, that run asks about. After a restore our own files are
-- no answer: one of the history that was lost may have been imported, so a person has to look.
create or replace function accounting.ask_without_run (p_organisation_id uuid, p_claim_ids uuid[])
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
begin
  -- Materialized: once a system, not once a claim. Of a system that never sent all runs are read.
  with systems as materialized (
    select i.system, i.quarantine_ms, i.is_enabled, i.created_at
    from accounting.integrations as i
    where i.organisation_id = p_organisation_id
      and (
        i.is_enabled
        or exists (
          select
          from accounting.export_requests as e
          where e.organisation_id = p_organisation_id
            and e.system = i.system
            and e.attempt_no > 0
        )
      )
  )
  insert into accounting.claim_questions
    (organisation_id, claim_id, system, next_question_at, quarantine_until, problem)
  select c.organisation_id, c.id, i.system,
    case when not p.is_needed then v_now end,
    accounting.later(v_now, i.quarantine_ms),
    case
      when p.is_needed
        then 'a file that was made before the restore may have been imported with it'
    end
  from accounting.claims as c
  cross join systems as i
  cross join lateral (
    select i.system = 'file'
      and i.is_enabled
      and coalesce(c.flagged_by = 'restore' and i.created_at < c.flagged_at, false)
  ) as p (is_needed)
  where c.organisation_id = p_organisation_id
    and c.id = any (p_claim_ids)
    and c.flagged_at is not null
    and not exists (
      select
      from accounting.claim_reservations as r
      where r.organisation_id = c.organisation_id
        and r.claim_id = c.id
        and r.verdict = 'exportable'
        and r.released_at is null
    )
  order by c.id, i.system
  on conflict (organisation_id, claim_id, system) do update
  set next_question_at = case
      when claim_questions.lease_id is null then excluded.next_question_at
    end,
    quarantine_until = excluded.quarantine_until,
    question_count = 0,
    absent_at = null,
    problem = case when claim_questions.lease_id is null then excluded.problem end;
end;
$$;

comment on function accounting.ask_without_run(uuid, uuid[]) is
  'Has the ledgers asked for those of the claims that are flagged and held by no run.';
