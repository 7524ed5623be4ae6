-- Leases claims that are to be asked about without a run: at most 50 of one integration together,
-- as many as fit into a question. The caller holds the integration's row.
create or replace function accounting.lease_claim_questions (
  p_integration accounting.integrations,
  p_dispatcher text
)
  returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock(); -- a variable, so that the index on time can be used
  v_lease_id uuid := pg_catalog.gen_random_uuid();
begin
  with due as (
    select q.claim_id
    from accounting.claim_questions as q
    where q.organisation_id = p_integration.organisation_id
      and q.system = p_integration.system
      and q.next_question_at <= v_now
    order by q.next_question_at, q.claim_id
    limit 50
    for update skip locked
  )
  update accounting.claim_questions as q
  set lease_id = v_lease_id,
    lease_expires_at = accounting.later(v_now, p_integration.lease_ms),
    leased_by = p_dispatcher,
    next_question_at = null,
    question_count = q.question_count + 1
  from due
  where q.organisation_id = p_integration.organisation_id
    and q.system = p_integration.system
    and q.claim_id = due.claim_id;
  if not found then
    return null;
  end if;
  return v_lease_id;
end;
$$;

comment on function accounting.lease_claim_questions(accounting.integrations, text) is
  'Leases up to 50 claims to ask about, and returns the lease; null: none is due.';
