-- Flags every claim of an organisation that isn't exported as far as we know, moves its waiting runs
-- to in_doubt, and has recently ended ones asked about again.
create or replace function accounting.doubt_what_is_open (
  p_organisation_id uuid,
  p_reason text,
  p_recent interval
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_run accounting.export_requests;
begin
  perform
  from accounting.export_requests as e
  where e.organisation_id = p_organisation_id
    and (e.ended_at is null or e.ended_at >= v_now - p_recent)
  order by e.run_id
  for update;
  perform accounting.flag_claims(
    p_organisation_id,
    array(
      select c.id
      from accounting.claims as c
      where c.organisation_id = p_organisation_id
        and c.state <> 'withdrawn'
        and c.exported_at is null
    ),
    p_reason,
    'restore'
  );
  for v_run in
    select *
    from accounting.export_requests as e
    where e.organisation_id = p_organisation_id
      and e.state in ('queued', 'retry_wait', 'in_doubt')
    order by e.run_id
  loop
    perform accounting.doubt_open_claims(p_organisation_id, v_run.run_id);
    perform accounting.ask_about_run(v_run);
  end loop;
  update accounting.export_requests as e
  set ask_at = v_now,
    question_count = 0
  where e.organisation_id = p_organisation_id
    and e.ended_at >= v_now - p_recent
    and e.attempt_no > 0;
end;
$$;

comment on function accounting.doubt_what_is_open(uuid, text, interval) is
  'Has the ledger asked for an organisation''s open claims, and about its recently ended runs.';
