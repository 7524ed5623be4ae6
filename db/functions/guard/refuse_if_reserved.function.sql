-- Locks a claim and refuses if a run holds it or it was exported. A snapshot taken before the
-- guard's commit would not see the reservation, so edits are taken under READ COMMITTED only (the
-- default, and what PostgREST uses).
create or replace function accounting.refuse_if_reserved (
  p_organisation_id uuid,
  p_claim_id uuid
)
  returns void
  language plpgsql
  volatile
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run_id uuid;
begin
  if pg_catalog.current_setting('transaction_isolation') not in ('read committed', 'read uncommitted')
  then
    raise exception using
      errcode = 'AX011',
      message = 'claims are edited under READ COMMITTED only',
      hint = 'Under another isolation level the edit might not see that a run holds the claim.';
  end if;
  perform
  from accounting.claims as c
  where c.organisation_id = p_organisation_id
    and c.id = p_claim_id
  for update;
  select r.run_id into v_run_id
  from accounting.claim_reservations as r
  where r.organisation_id = p_organisation_id
    and r.claim_id = p_claim_id
    and r.verdict = 'exportable'
    and r.released_at is null;
  if found or exists (
    select
    from accounting.claims as c
    where c.organisation_id = p_organisation_id
      and c.id = p_claim_id
      and c.exported_at is not null
  ) then
    raise exception using
      errcode = 'AX011',
      message = 'the claim is reserved or exported, and can''t be changed',
      detail = pg_catalog.format('claim %s, run %s', p_claim_id, v_run_id),
      hint = 'Wait until the run has ended, or void the export after removing it from the ledger.';
  end if;
end;
$$;

comment on function accounting.refuse_if_reserved(uuid, uuid) is
  'Raises AX011 if a run holds the claim or it was exported.';
