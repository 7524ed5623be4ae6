-- Puts claims down that were asked about without a run, after an answer that was not "found": asked
-- again later, left to a person, or known to be absent.
create or replace function accounting.put_question_down (
  p_organisation_id uuid,
  p_lease_id uuid,
  p_claim_ids uuid[],
  p_asked_at timestamptz,
  p_outcome text,
  p_problem text,
  p_told_wait_ms double precision
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_earliest timestamptz := accounting.later(
    v_now, least(greatest(coalesce(p_told_wait_ms, 0), 0), 86400000)
  );
begin
  if p_outcome = 'absent' then
    perform accounting.put_absent_down(p_organisation_id, p_lease_id, p_claim_ids, p_asked_at);
  end if;

  update accounting.claim_questions as q
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    absent_at = case
      when p_outcome = 'absent' and p_asked_at >= q.quarantine_until
        then coalesce(q.absent_at, p_asked_at)
    end,
    problem = case
      when q.question_count >= 20
        then coalesce(p_problem, 'asked 20 times without a clear answer')
      else p_problem
    end,
    next_question_at = case
      when p_problem is not null or q.question_count >= 20 then null
      when p_outcome <> 'absent' then greatest(
        v_earliest,
        accounting.later(
          v_now, accounting.backoff_ms(i.base_delay_ms, i.max_delay_ms, q.question_count)
        )
      )
      when p_asked_at < q.quarantine_until then greatest(v_earliest, q.quarantine_until)
      else greatest(
        v_earliest, accounting.later(coalesce(q.absent_at, p_asked_at), i.quarantine_ms / 2)
      )
    end
  from accounting.integrations as i
  where q.organisation_id = p_organisation_id
    and q.lease_id = p_lease_id
    and q.claim_id = any (p_claim_ids)
    and i.organisation_id = q.organisation_id
    and i.system = q.system;

  perform accounting.clear_flags(
    p_organisation_id,
    array(
      select a.id
      from pg_catalog.unnest(p_claim_ids) as a (id)
      where not exists (
        select
        from accounting.claim_questions as q
        where q.organisation_id = p_organisation_id
          and q.claim_id = a.id
      )
    ),
    p_asked_at
  );
end;
$$;

comment on function accounting.put_question_down(
  uuid, uuid, uuid[], timestamptz, text, text, double precision
) is 'Decides how claims go on that were asked about without a run and not found.';
