-- What asking about a run that has ended told. Its state stays: what agrees clears earlier doubts,
-- what is found after a release counts as booked late, and a disagreement is `unclear` and a fault
-- for a person to see. One "nothing there" of a delivered claim may come from a copy that lags, so
-- it takes two, half a quarantine apart. The caller holds the locks and has checked the lease.
create or replace function accounting.record_second_look (
  p_result jsonb,
  p_run accounting.export_requests
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_item jsonb;
  v_row accounting.export_runs;
  v_claim_ids uuid[];
  v_failure text;
  v_is_to_repeat boolean := false;
begin
  for v_item in
    select s.item
    from pg_catalog.jsonb_array_elements(p_result -> 'rows') as i (item)
    cross join lateral accounting.split_absent(p_run, i.item) as s (item)
  loop
    v_row := accounting.trail_row(p_result, v_item);
    v_row.is_late := false;
    v_row.started_at := p_run.question_started_at;
    v_row := accounting.append_export_run(v_row);
    v_claim_ids := array(
      select c.id::uuid from pg_catalog.jsonb_array_elements_text(v_row.claim_ids) as c (id)
    );
    if v_row.outcome = 'found' then
      perform accounting.clear_faults(p_run, v_claim_ids);
      perform accounting.apply_outcome(v_row, null, false, false);
      perform accounting.note_unposted(p_run, v_row.external_ids);
    elsif v_item -> 'is_missing' = 'true' then
      v_is_to_repeat := accounting.note_missing(p_run, v_claim_ids) or v_is_to_repeat;
    elsif v_item -> 'needs_person' = 'true' then
      perform accounting.note_fault(p_run, v_claim_ids, v_row.error_message);
    elsif v_row.outcome = 'unclear' then
      v_failure := coalesce(v_row.error_message, 'no clear answer');
    end if;
  end loop;

  perform accounting.note_told_wait(p_run.organisation_id, p_run.run_id, p_result -> 'rows');
  perform accounting.end_asking(p_run, v_failure);
  -- Flagged while it was being asked about: this answer is too old for that.
  if p_run.ask_at > p_run.question_started_at then
    update accounting.export_requests as e
    set ask_at = greatest(e.ask_at, p_run.ask_at)
    where e.organisation_id = p_run.organisation_id
      and e.run_id = p_run.run_id;
  end if;
  if v_is_to_repeat then
    update accounting.export_requests as e
    set ask_at = greatest(
      e.ask_at, p_run.quarantine_until,
      accounting.later(
        accounting.clock(),
        (
          select i.quarantine_ms / 2
          from accounting.integrations as i
          where i.organisation_id = e.organisation_id
            and i.system = e.system
        )
      )
    )
    where e.organisation_id = p_run.organisation_id
      and e.run_id = p_run.run_id;
  end if;
end;
$$;

comment on function accounting.record_second_look(jsonb, accounting.export_requests) is
  'Records the answers about a run that has ended; its state stays.';
