-- Withdraws a run that nobody is sending. The lease of a dispatcher that waits with it is cleared:
-- whoever comes second finds no row. What may be in the ledger is not released: then it is asked
-- about first.
create or replace function accounting.cancel_run (p_organisation_id uuid, p_run_id uuid)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests := accounting.require_run(p_organisation_id, p_run_id);
  v_count record;
  v_claim_ids uuid[];
  v_state text;
begin
  if v_run.state not in ('queued', 'retry_wait') then
    perform accounting.raise_not_in_state(
      v_run, 'the run can''t be cancelled',
      case
        when v_run.ended_at is not null then 'It has ended.'
        when v_run.state = 'produced'
          then 'Its file was written. void_export gives its claims back.'
        else 'It is being sent, or may have reached the ledger. Wait for what comes of it.'
      end
    );
  end if;
  perform accounting.settle_from_trail(p_organisation_id, p_run_id);
  v_state := (
    select e.state
    from accounting.export_requests as e
    where e.organisation_id = p_organisation_id
      and e.run_id = p_run_id
  );
  if v_state <> v_run.state then
    return v_state; -- what the trail knows needs a person
  end if;
  if not exists (select from accounting.claims_to_send(p_organisation_id, p_run_id)) then
    return accounting.settle_run(p_organisation_id, p_run_id, true);
  end if;
  select * into strict v_count from accounting.count_reservations(p_organisation_id, p_run_id);
  if v_count.unproved_count > 0 then
    perform accounting.raise_too_early(v_run);
  end if;

  v_claim_ids := array(
    select s.claim_id from accounting.claims_to_send(p_organisation_id, p_run_id) as s
  );
  perform accounting.append_decision(
    p_organisation_id, p_run_id, 'cancelled', v_claim_ids, 'withdrawn before it was sent'
  );
  update accounting.claim_reservations as r
  set outcome = 'cancelled'
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id = any (v_claim_ids);
  v_state := accounting.state_until_confirmed(
    v_run, case when v_count.delivered_count > 0 then 'partially_exported' else 'cancelled' end
  );
  perform accounting.end_run(v_run, v_state);
  return v_state;
end;
$$;

comment on function accounting.cancel_run(uuid, uuid) is
  'Ends a run that is queued or waits to be sent again, and releases its claims; raises AX016, '
  'AX018, AX026.';
