-- What may be done for a run beside sending its lines, such as posting them: the dispatcher's
-- Batch.finish. A question may finish what a lost attempt left undone, but only once that can't be at
-- work any more, if no claim of the run is still to be sent, and if nobody said stop.
create or replace function accounting.finish_of (
  p_organisation_id uuid,
  p_run_id uuid,
  p_open_claim_ids uuid[]
)
  returns text
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when e.state = 'sending' then 'now'
    when e.state <> 'reconciling'
      or exists (
        select
        from accounting.claims_to_send(p_organisation_id, p_run_id) as s
        where s.claim_id <> all (p_open_claim_ids)
      )
      then 'no'
    when not i.is_enabled
      or exists (
        select
        from accounting.claims as c
        where c.organisation_id = p_organisation_id
          and c.id = any (p_open_claim_ids)
          and c.flagged_at is not null
      )
      then 'person'
    when i.paused_at is not null
      or i.frozen_at is not null
      or (e.quarantine_until <= accounting.clock()) is not true
      then 'later'
    else 'now'
  end
  from accounting.export_requests as e
  join accounting.integrations as i
    on i.organisation_id = e.organisation_id
    and i.system = e.system
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id;
$$;

comment on function accounting.finish_of(uuid, uuid, uuid[]) is
  'Whether what is left to do after the lines of a run may be done: now, later, person or no.';
