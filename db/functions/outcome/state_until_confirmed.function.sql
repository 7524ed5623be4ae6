-- A file that was written is not in the ledger yet: where another system's run would have ended as
-- exported, a file's waits as produced until a person has confirmed the import.
create or replace function accounting.state_until_confirmed (
  p_run accounting.export_requests,
  p_state text
)
  returns text
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when p_run.system = 'file'
      and p_state in ('exported', 'partially_exported')
      and exists (
        select
        from accounting.claim_reservations as r
        where r.organisation_id = p_run.organisation_id
          and r.run_id = p_run.run_id
          and r.released_at is null
          and r.outcome in ('accepted', 'found')
      )
      then 'produced'
    else p_state
  end;
$$;

comment on function accounting.state_until_confirmed(accounting.export_requests, text) is
  'The state of a run that delivered: produced instead of exported while a file waits for its '
  'import.';
