-- What the trail knows to be booked is settled, whatever else the tables say: by this run, it is
-- delivered; by another one, this run drops it, unless it has sent it too: then a person looks.
create or replace function accounting.settle_from_trail (p_organisation_id uuid, p_run_id uuid)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_claim_ids text[];
  v_booked record;
begin
  select pg_catalog.array_agg(r.claim_id::text) into v_claim_ids
  from accounting.claim_reservations as r
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.verdict = 'exportable'
    and r.released_at is null
    and r.delivered_at is null;
  if v_claim_ids is null then
    return;
  end if;

  for v_booked in
    select * from accounting.booked_claims(p_organisation_id, v_claim_ids)
  loop
    if v_booked.run_id = p_run_id then
      perform accounting.mark_delivered(
        p_organisation_id, p_run_id, array[v_booked.claim_id], 'found',
        pg_catalog.jsonb_build_object(v_booked.claim_id, v_booked.external_ids), null,
        null
      );
    elsif exists (
      select
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.run_id = p_run_id
        and r.claim_id = v_booked.claim_id
        and r.doubted_at is not null
        and r.absence_proved_at is null
    ) then
      perform accounting.send_to_review(
        p_organisation_id, p_run_id,
        'claim ' || v_booked.claim_id || ' was sent here, and is booked by '
          || coalesce('run ' || v_booked.run_id, 'no run known here') || ': look for it twice'
      );
    else
      update accounting.claim_reservations as r
      set verdict = 'already_exported',
        detail = coalesce(
          'exported by run ' || v_booked.run_id, 'found in the ledger, exported by no run known here'
        ),
        blocking_run_id = v_booked.run_id,
        outcome = null
      where r.organisation_id = p_organisation_id
        and r.run_id = p_run_id
        and r.claim_id = v_booked.claim_id;
      update accounting.claims as c
      set exported_at = accounting.clock(),
        exported_run_id = v_booked.run_id
      where c.organisation_id = p_organisation_id
        and c.id = v_booked.claim_id
        and c.exported_at is null
        and not exists (
          select
          from accounting.export_requests as e
          where e.organisation_id = p_organisation_id
            and e.run_id = v_booked.run_id
            and e.state = 'produced'
        );
    end if;
  end loop;
end;
$$;

comment on function accounting.settle_from_trail(uuid, uuid) is
  'Settles the claims of a run that the trail knows to be booked, before any transition.';
