-- Claims that were asked about without a run, and that are absent the second time, half a
-- quarantine after the first: known to be absent. What was found before, without a run, is a
-- person's then: only a void says that it may be exported again.
create or replace function accounting.put_absent_down (
  p_organisation_id uuid,
  p_lease_id uuid,
  p_claim_ids uuid[],
  p_asked_at timestamptz
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_proved accounting.claim_questions[] := array(
    select q
    from accounting.claim_questions as q
    join accounting.integrations as i
      on i.organisation_id = q.organisation_id
      and i.system = q.system
    where q.organisation_id = p_organisation_id
      and q.lease_id = p_lease_id
      and q.claim_id = any (p_claim_ids)
      and p_asked_at >= accounting.later(q.absent_at, i.quarantine_ms / 2)
  );
begin
  update accounting.claim_questions as q
  set lease_id = null,
    lease_expires_at = null,
    leased_by = null,
    problem = 'it was found there before, and the ledger has nothing of it any more'
  from pg_catalog.unnest(v_proved) as p
  join accounting.claims as c
    on c.organisation_id = p.organisation_id
    and c.id = p.claim_id
    and c.exported_at is not null
  where q.organisation_id = p.organisation_id
    and q.claim_id = p.claim_id
    and q.system = p.system;
  delete from accounting.claim_questions as q
  using pg_catalog.unnest(v_proved) as p
  where q.organisation_id = p.organisation_id
    and q.claim_id = p.claim_id
    and q.system = p.system
    and q.problem is null;
end;
$$;

comment on function accounting.put_absent_down(uuid, uuid, uuid[], timestamptz) is
  'Ends the questions about claims that are proved absent; of exported ones, for a person to see.';
