-- A freeze ends once nothing is being asked any more: each open claim was found, is known to be
-- absent, or waits for a person with its flag.
create or replace function accounting.end_freeze ()
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update accounting.integrations as i
  set frozen_at = null,
    frozen_reason = null
  where i.frozen_at is not null
    and not exists (
      select
      from accounting.claim_questions as q
      where q.organisation_id = i.organisation_id
        and q.system = i.system
        and q.problem is null
    )
    and not exists (
      select
      from accounting.export_requests as e
      where e.organisation_id = i.organisation_id
        and e.system = i.system
        and (e.state in ('sending', 'in_doubt', 'reconciling') or e.ask_at is not null)
    );
end;
$$;

comment on function accounting.end_freeze() is
  'Lets integrations send again for which nothing is left to ask after a restore.';
