-- A start that meets a flag sends nothing: the flagged claims are asked for first.
create or replace function accounting.doubt_flagged_claims (p_organisation_id uuid, p_run_id uuid)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update accounting.claim_reservations as r
  set outcome = 'unknown',
    doubted_at = accounting.clock(),
    absent_at = null,
    absence_proved_at = null
  from accounting.claims as c
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id in (
      select s.claim_id from accounting.claims_to_send(p_organisation_id, p_run_id) as s
    )
    and c.organisation_id = r.organisation_id
    and c.id = r.claim_id
    and c.flagged_at is not null;
  return found;
end;
$$;

comment on function accounting.doubt_flagged_claims(uuid, uuid) is
  'Marks the flagged claims of a run as in doubt; whether there were any.';
