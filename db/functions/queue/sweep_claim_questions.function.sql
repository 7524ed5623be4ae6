-- Questions without a run whose dispatcher died are asked again. Nothing was sent, so there is
-- nothing to doubt.
create or replace function accounting.sweep_claim_questions (p_limit integer)
  returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock(); -- a variable, so that the index on time can be used
  v_count integer;
begin
  with lapsed as (
    select q.organisation_id, q.claim_id, q.system
    from accounting.claim_questions as q
    where q.lease_id is not null
      and q.lease_expires_at <= v_now
    limit p_limit
    for update skip locked
  )
  update accounting.claim_questions as q
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    next_question_at = case when q.question_count < 20 then v_now end,
    problem = case when q.question_count >= 20 then 'asked 20 times without a clear answer' end
  from lapsed
  where q.organisation_id = lapsed.organisation_id
    and q.claim_id = lapsed.claim_id
    and q.system = lapsed.system;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;

comment on function accounting.sweep_claim_questions(integer) is
  'Frees claims whose lease for asking has lapsed, and returns how many.';
