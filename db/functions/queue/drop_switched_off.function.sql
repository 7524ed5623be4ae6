-- Switched off means that nothing more is sent. So a start leaves out the honoraria of its run that
-- were reserved before, as it does with what another run booked. What an earlier attempt may have
-- brought into the ledger stays: it goes on until that is certain, for no switch undoes it.
create or replace function accounting.drop_switched_off (p_organisation_id uuid, p_run_id uuid)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if accounting.is_feature_enabled(p_organisation_id, 'driver_honorarium') then
    return;
  end if;
  update accounting.claim_reservations as r
  set verdict = 'feature_disabled',
    detail = 'driver honoraria were switched off before it was sent',
    outcome = null
  from accounting.claims_to_send(p_organisation_id, p_run_id) as s
  join accounting.claims as c
    on c.organisation_id = p_organisation_id
    and c.id = s.claim_id
    and c.kind = 'driver_honorarium'
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id = s.claim_id
    and (r.doubted_at is null or r.absence_proved_at is not null);
end;
$$;

comment on function accounting.drop_switched_off(uuid, uuid) is
  'Takes the honoraria that were never sent out of a run, if the organisation switched them off.';
