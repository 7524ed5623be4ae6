-- An answer that came after the release of a claim says that it is booked. It counts: the run that
-- booked it holds the claim again. A run that holds it by now drops it if it has sent nothing, and
-- goes to a person otherwise, for then it may be in the ledger twice. Told again once that run has
-- let go of it, this one holds it.
create or replace function accounting.mark_booked_late (
  p_organisation_id uuid,
  p_run_id uuid,
  p_claim_id uuid,
  p_outcome text,
  p_external_ids jsonb
)
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_holder accounting.export_requests;
  v_booked_late_at timestamptz;
begin
  update accounting.claim_reservations as r
  set booked_late_at = coalesce(r.booked_late_at, v_now)
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id = p_claim_id
    and r.verdict = 'exportable'
    and r.released_at is not null
    -- A late word of what a person has removed since is no booking: the trail knows.
    and (
      r.outcome is distinct from 'voided'
      or exists (
        select
        from accounting.booked_claims(p_organisation_id, array[p_claim_id::text]) as b
        where b.run_id = p_run_id
      )
    )
  returning r.booked_late_at into v_booked_late_at;
  if not found then
    return;
  end if;
  update accounting.claims as c
  set exported_at = accounting.clock(),
    exported_run_id = p_run_id
  where c.organisation_id = p_organisation_id
    and c.id = p_claim_id
    and c.exported_at is null;

  select e.* into v_holder
  from accounting.claim_reservations as r
  join accounting.export_requests as e
    on e.organisation_id = r.organisation_id
    and e.run_id = r.run_id
  where r.organisation_id = p_organisation_id
    and r.claim_id = p_claim_id
    and r.verdict = 'exportable'
    and r.released_at is null
    and r.run_id <> p_run_id;

  if found and v_holder.attempt_no > 0 and v_booked_late_at < v_now then
    return; -- told before
  end if;
  if found and v_holder.attempt_no > 0 then
    perform accounting.send_to_review(
      p_organisation_id, v_holder.run_id,
      'run ' || p_run_id || ' turned out to have booked claim ' || p_claim_id
        || ' after it was released: look for it twice'
    );
    return;
  end if;
  if found then
    update accounting.claim_reservations as r
    set verdict = 'already_exported',
      detail = 'exported by run ' || p_run_id,
      blocking_run_id = p_run_id,
      outcome = null
    where r.organisation_id = p_organisation_id
      and r.run_id = v_holder.run_id
      and r.claim_id = p_claim_id;
    perform accounting.settle_run(p_organisation_id, v_holder.run_id, false);
  end if;

  update accounting.claim_reservations as r
  set released_at = null,
    outcome = p_outcome,
    external_ids = coalesce(p_external_ids -> p_claim_id::text, r.external_ids),
    delivered_at = accounting.clock()
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id = p_claim_id;
end;
$$;

comment on function accounting.mark_booked_late(uuid, uuid, uuid, text, jsonb) is
  'Counts a claim as booked that had been released before the answer came.';
