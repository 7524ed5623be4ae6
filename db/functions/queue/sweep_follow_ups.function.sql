-- A follow-up whose dispatcher died changed nothing, and its answer is lost. It counts as one that
-- failed: what kills its dispatcher must not be asked for again and again.
create or replace function accounting.sweep_follow_ups (p_limit integer)
  returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock(); -- a variable, so that the index on time can be used
  v_lapsed record;
  v_count integer := 0;
begin
  for v_lapsed in
    select f.organisation_id, f.lease_id
    from accounting.follow_ups as f
    where f.lease_id is not null
      and f.lease_expires_at <= v_now
    limit p_limit
    for update skip locked
  loop
    perform accounting.end_follow_up(
      v_lapsed.organisation_id, v_lapsed.lease_id, 'the dispatcher died or hung', null
    );
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

comment on function accounting.sweep_follow_ups(integer) is
  'Ends follow-ups whose lease has lapsed, and returns how many.';
