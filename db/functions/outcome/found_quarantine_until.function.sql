-- Claims that were found without a run were sent by one that we know nothing of: until a quarantine
-- has passed since, another message of it may be under way.
create or replace function accounting.found_quarantine_until (
  p_organisation_id uuid,
  p_claim_ids uuid[]
)
  returns timestamptz
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select max(accounting.later(c.exported_at, i.quarantine_ms))
  from accounting.claims as c
  join accounting.integrations as i
    on i.organisation_id = c.organisation_id
  where c.organisation_id = p_organisation_id
    and c.id = any (p_claim_ids)
    and c.exported_run_id is null;
$$;

comment on function accounting.found_quarantine_until(uuid, uuid[]) is
  'When the quarantine ends of claims that were found without a run; null: none of them was.';
