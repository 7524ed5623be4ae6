-- Writes a verdict per claim; the exportable ones become reservations. The insert is sorted, so
-- that two requests meet in the same order, and the unique index over live reservations has the
-- last word: a claim that it refused (somebody inserted past the front door) is judged again.
create or replace function accounting.reserve_claims (
  p_organisation_id uuid,
  p_run_id uuid,
  p_claim_ids uuid[]
)
  returns uuid[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reserved uuid[];
begin
  perform
  from accounting.claims as c
  where c.organisation_id = p_organisation_id
    and c.id = any (p_claim_ids)
  order by c.id
  for update;
  perform accounting.require_latest_look(p_organisation_id, p_claim_ids);

  insert into accounting.claim_reservations
    (organisation_id, run_id, claim_id, reference, verdict, detail, blocking_run_id)
  select p_organisation_id, p_run_id, j.claim_id, j.reference, j.verdict, j.detail, j.blocking_run_id
  from accounting.judge_claims(p_organisation_id, p_claim_ids) as j
  order by j.claim_id
  on conflict do nothing;

  -- On conflict skips silently: what is missing is held by a run that the first look didn't see.
  insert into accounting.claim_reservations
    (organisation_id, run_id, claim_id, reference, verdict, detail, blocking_run_id)
  select p_organisation_id, p_run_id, j.claim_id, j.reference,
    case j.verdict when 'exportable' then 'in_flight' else j.verdict end,
    coalesce(j.detail, 'held by another run'),
    j.blocking_run_id
  from accounting.judge_claims(p_organisation_id, p_claim_ids) as j
  where not exists (
    select
    from accounting.claim_reservations as r
    where r.organisation_id = p_organisation_id
      and r.run_id = p_run_id
      and r.claim_id = j.claim_id
  );

  select pg_catalog.array_agg(r.claim_id order by r.claim_id) into v_reserved
  from accounting.claim_reservations as r
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.verdict = 'exportable';
  return v_reserved;
end;
$$;

comment on function accounting.reserve_claims(uuid, uuid, uuid[]) is
  'Records a verdict per claim and reserves the exportable ones; returns these, null if none.';
