-- Only what the run delivered can be voided: in time, or told of after the release. All or none.
create or replace function accounting.require_delivered (
  p_organisation_id uuid,
  p_run_id uuid,
  p_claim_ids uuid[]
)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_claim_id uuid;
begin
  select a.id into v_claim_id
  from pg_catalog.unnest(p_claim_ids) as a (id)
  where case
    when p_run_id is null then not exists (
      select
      from accounting.claims as c
      where c.organisation_id = p_organisation_id
        and c.id = a.id
        and c.exported_at is not null
        and c.exported_run_id is null
    )
    else not exists (
      select
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.run_id = p_run_id
        and r.claim_id = a.id
        and (
          (r.delivered_at is not null and r.released_at is null)
          or r.booked_late_at is not null
        )
    )
  end
  order by a.id
  limit 1;
  if found then
    raise exception using
      errcode = 'AX019',
      message = 'the run didn''t deliver that claim',
      detail = pg_catalog.format('claim %s, run %s', v_claim_id, coalesce(p_run_id::text, 'none')),
      hint = 'Nothing was voided. api.export_claims shows what each run delivered.';
  end if;
end;
$$;

comment on function accounting.require_delivered(uuid, uuid, uuid[]) is
  'Raises AX019 unless the run delivered each of the claims and none was voided since.';
