-- A person imported the file and saw its vouchers in the ledger: its claims are exported now. Those
-- that were voided or refused are not, which makes it partially_exported. Of two people at once the
-- second one finds it confirmed, or voided. Lock order: run, claims sorted, reservations, head.
create or replace function accounting.confirm_import (
  p_organisation_id uuid,
  p_run_id uuid,
  p_evidence text
)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_evidence text := accounting.require_words(p_evidence, 'the evidence');
  v_now timestamptz := accounting.clock();
  v_run accounting.export_requests := accounting.require_run(p_organisation_id, p_run_id);
  v_claim_ids uuid[];
  v_count record;
  v_state text;
begin
  if v_run.state <> 'produced' then
    perform accounting.raise_not_in_state(
      v_run, 'no file of the run waits for its import',
      case
        when v_run.system <> 'file' then 'The run doesn''t write a file.'
        else 'Look at it again: somebody may have been faster.'
      end
    );
  end if;
  v_claim_ids := array(
    select r.claim_id
    from accounting.claim_reservations as r
    where r.organisation_id = p_organisation_id
      and r.run_id = p_run_id
      and r.delivered_at is not null
      and r.released_at is null
    order by r.claim_id
  );
  perform accounting.append_decision(
    p_organisation_id, p_run_id, 'import_confirmed', v_claim_ids, v_evidence
  );
  update accounting.claim_reservations as r
  set delivered_at = v_now,
    fault = null,
    faulted_at = null
  where r.organisation_id = p_organisation_id
    and r.run_id = p_run_id
    and r.claim_id = any (v_claim_ids);
  update accounting.claims as c
  set exported_at = v_now,
    exported_run_id = p_run_id
  where c.organisation_id = p_organisation_id
    and c.id = any (v_claim_ids)
    and c.exported_at is null;
  perform accounting.clear_flags(p_organisation_id, v_claim_ids, v_now);

  select * into strict v_count from accounting.count_reservations(p_organisation_id, p_run_id);
  v_state := case
    when v_count.delivered_count = v_count.exportable_count then 'exported'
    else 'partially_exported'
  end;
  perform accounting.end_run(v_run, v_state);
  return v_state;
end;
$$;

comment on function accounting.confirm_import(uuid, uuid, text) is
  'Ends a produced run by a person''s word that its file was imported; returns its state. Raises '
  'AX016 to AX018.';
