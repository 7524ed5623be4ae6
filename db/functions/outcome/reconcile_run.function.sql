-- A person wants the ledger asked about a run. One that waits for a person, or to be sent again,
-- goes to in_doubt; one that has ended keeps its state and is asked about beside it. While it is
-- being sent or asked about, the answer is on its way already.
create or replace function accounting.reconcile_run (p_organisation_id uuid, p_run_id uuid)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests := accounting.require_run(p_organisation_id, p_run_id);
  v_now timestamptz := accounting.clock();
begin
  -- One that was doubted before it was sent is asked about all the same.
  if v_run.attempt_no = 0
    and not exists (
      select
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.run_id = p_run_id
        and r.doubted_at is not null
    )
  then
    perform accounting.raise_not_in_state(
      v_run, 'the run was never sent', 'There is nothing to ask the ledger for.'
    );
  end if;
  perform pg_catalog.pg_notify('accounting_export', '');

  perform accounting.follow_up_soon(v_run);
  if v_run.ended_at is not null or v_run.state = 'produced' then
    update accounting.export_requests as e
    set ask_at = coalesce(e.ask_at, v_now),
      question_count = 0
    where e.organisation_id = p_organisation_id
      and e.run_id = p_run_id;
  elsif v_run.state in ('needs_review', 'retry_wait') then
    perform accounting.doubt_open_claims(p_organisation_id, p_run_id);
    return accounting.ask_about_run(v_run);
  elsif v_run.state = 'in_doubt' then
    update accounting.export_requests as e
    set next_attempt_at = least(e.next_attempt_at, greatest(v_now, e.retry_not_before))
    where e.organisation_id = p_organisation_id
      and e.run_id = p_run_id
      and e.state = 'in_doubt';
  end if;
  return v_run.state;
end;
$$;

comment on function accounting.reconcile_run(uuid, uuid) is
  'Has the ledger asked about a run that was ever sent, soon; returns its state. Raises AX016, '
  'AX018.';
