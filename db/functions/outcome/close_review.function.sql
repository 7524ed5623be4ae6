-- After a person's word: a run without claims in question ends, with some left it goes on waiting.
create or replace function accounting.close_review (p_run accounting.export_requests)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count record;
  v_state text;
begin
  select
    count(*) filter (where r.delivered_at is not null and r.released_at is null) as delivered,
    count(*) filter (where r.delivered_at is null) as undelivered,
    count(*) filter (where r.delivered_at is null and r.outcome = 'rejected') as rejected,
    count(*) filter (
      where r.delivered_at is null
        and r.released_at is null
        and r.outcome is distinct from 'proved_absent'
        and (
          r.outcome is distinct from 'rejected'
          or (r.doubted_at is not null and r.absence_proved_at is null)
        )
    ) as in_question
  into strict v_count
  from accounting.claim_reservations as r
  where r.organisation_id = p_run.organisation_id
    and r.run_id = p_run.run_id
    and r.verdict = 'exportable';
  if v_count.in_question > 0 then
    return p_run.state;
  end if;
  v_state := case
    when v_count.undelivered = 0 then 'exported'
    when v_count.delivered > 0 then 'partially_exported'
    when v_count.rejected = v_count.undelivered then 'rejected'
    else 'failed'
  end;
  v_state := accounting.state_until_confirmed(p_run, v_state);
  perform accounting.end_run(p_run, v_state);
  return v_state;
end;
$$;

comment on function accounting.close_review(accounting.export_requests) is
  'Ends a run in needs_review once none of its claims is in question; returns its state.';
