-- Puts down a run that ended and was asked about again. Its state stays. A question that failed is
-- asked again, with growing distance; after 20 a person is told.
create or replace function accounting.end_asking (
  p_run accounting.export_requests,
  p_problem text
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_integration accounting.integrations;
begin
  if p_run.ask_at is null then
    return;
  end if;
  select * into strict v_integration
  from accounting.integrations as i
  where i.organisation_id = p_run.organisation_id
    and i.system = p_run.system;
  update accounting.export_requests as e
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    question_count = case when p_problem is null then 0 else e.question_count end,
    review_reason = case
      when p_problem is null then null
      when e.question_count >= 20 then
        'asked again ' || e.question_count || ' times without a clear answer: ' || p_problem
      else e.review_reason
    end,
    ask_at = case
      when p_problem is not null and e.question_count < 20 then accounting.next_question_at(
        e, v_integration, e.question_count, e.quarantine_until
      )
    end
  where e.organisation_id = p_run.organisation_id
    and e.run_id = p_run.run_id
    and e.ask_at is not null;
end;
$$;

comment on function accounting.end_asking(accounting.export_requests, text) is
  'Ends a question about a run that has ended; with a problem it is asked again, at most 20 times.';
