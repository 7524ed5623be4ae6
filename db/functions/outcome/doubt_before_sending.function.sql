-- A start that meets doubt sends nothing, and has the ledger asked first: about flagged claims, and
-- about those that came in, or were changed, since a restore. The app may put back what was lost, and
-- a claim that is new to the database need not be new to the ledger.
drop function if exists accounting.doubt_flagged_claims(uuid, uuid);
create or replace function accounting.doubt_before_sending (
  p_organisation_id uuid,
  p_run_id uuid,
  p_asks_first_since timestamptz
)
  returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_claim_ids uuid[] := array(
    select s.claim_id
    from accounting.claims_to_send(p_organisation_id, p_run_id) as s
    join accounting.claim_reservations as r
      on r.organisation_id = p_organisation_id
      and r.run_id = p_run_id
      and r.claim_id = s.claim_id
    join accounting.claims as c
      on c.organisation_id = p_organisation_id
      and c.id = s.claim_id
    where c.flagged_at is not null
      or (c.updated_at >= p_asks_first_since and r.absence_proved_at is null)
  );
begin
  perform accounting.doubt_claims(p_organisation_id, p_run_id, v_claim_ids);
  return pg_catalog.cardinality(v_claim_ids) > 0;
end;
$$;

comment on function accounting.doubt_before_sending(uuid, uuid, timestamptz) is
  'Marks claims of a run as in doubt that are flagged, or came in or changed since '
  'p_asks_first_since (null: no restore) and are not known to be absent; whether there were any.';
