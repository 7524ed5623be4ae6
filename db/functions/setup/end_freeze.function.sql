-- A freeze ends once nothing of before it is being asked any more: each claim that was open was
-- found, is known to be absent, or waits for a person with its flag. Claims that came in since are
-- asked about when their run starts. The rows are locked first, and what is left to ask is read after: a freeze that
-- begins at the same time isn't ended with what was there before it.
create or replace function accounting.end_freeze ()
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_frozen accounting.integrations[] := array(
    select i
    from accounting.integrations as i
    where i.frozen_at is not null
    order by i.organisation_id, i.system
    for no key update skip locked
  );
begin
  if pg_catalog.cardinality(v_frozen) = 0 then
    return;
  end if;
  update accounting.integrations as i
  set frozen_at = null,
    frozen_reason = null
  from pg_catalog.unnest(v_frozen) as f
  where i.organisation_id = f.organisation_id
    and i.system = f.system
    and not exists (
      select
      from accounting.claim_questions as q
      join accounting.claims as c
        on c.organisation_id = q.organisation_id
        and c.id = q.claim_id
      where q.organisation_id = i.organisation_id
        and q.system = i.system
        and q.problem is null
        and c.created_at <= i.frozen_at
    )
    and not exists (
      select
      from accounting.export_requests as e
      where e.organisation_id = i.organisation_id
        and e.system = i.system
        and e.state in ('sending', 'in_doubt', 'reconciling')
    )
    -- Two questions, for each has an index: waiting to be asked, and being asked.
    and not exists (
      select
      from accounting.export_requests as e
      where e.organisation_id = i.organisation_id
        and e.system = i.system
        and e.ask_at is not null
        and e.lease_id is null
    )
    and not exists (
      select
      from accounting.export_requests as e
      where e.organisation_id = i.organisation_id
        and e.system = i.system
        and e.ask_at is not null
        and e.lease_id is not null
    );
end;
$$;

comment on function accounting.end_freeze() is
  'Lets integrations send again for which nothing is left to ask after a restore.';
