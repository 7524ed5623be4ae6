-- As hand_back, for claims that are asked about without a run.
create or replace function accounting.hand_back_claim_questions (
  p_organisation_id uuid,
  p_lease_id uuid,
  p_delay_ms integer
)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update accounting.claim_questions as q
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    next_question_at = accounting.later(accounting.clock(), p_delay_ms),
    question_count = q.question_count - 1
  where q.organisation_id = p_organisation_id
    and q.lease_id = p_lease_id;
  return found;
end;
$$;

comment on function accounting.hand_back_claim_questions(uuid, uuid, integer) is
  'Gives back claims leased without a run; false: the lease was not ours any more.';
