-- An attempt is charged when it starts. Given back here is one that was no fault of the run: the
-- system was unreachable or the integration is paused; or it settled some claims, so that the
-- others, undone with them, have not had their try. So attempts stay bounded by max_attempts and
-- the number of claims.
create or replace function accounting.charge_attempt (p_organisation_id uuid, p_run_id uuid)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_attempt record;
begin
  select
    coalesce(bool_or(r.failure = 'unreachable'), false) as is_unreachable,
    coalesce(bool_or(r.failure in ('unreachable', 'configuration')), false) as is_no_fault,
    coalesce(bool_or(r.outcome in ('accepted', 'rejected')), false)
      and coalesce(bool_or(r.failure = 'undone'), false) as is_progress,
    coalesce(bool_or(r.outcome = 'unknown'), false) as is_unknown
  into v_attempt
  from accounting.claim_reservations as r
  join accounting.export_requests as e
    on e.organisation_id = r.organisation_id
    and e.run_id = r.run_id
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.outcome_attempt_no = e.attempt_no;

  update accounting.export_requests as e
  set charged_attempts = e.charged_attempts - case
      when not v_attempt.is_unknown and (v_attempt.is_no_fault or v_attempt.is_progress) then 1
      else 0
    end,
    unreachable_since = case
      when v_attempt.is_unreachable then coalesce(e.unreachable_since, accounting.clock())
    end
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id;
end;
$$;

comment on function accounting.charge_attempt(uuid, uuid) is
  'Takes back the charge of an attempt that failed through no fault of its run.';
