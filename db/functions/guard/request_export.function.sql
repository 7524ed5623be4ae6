-- Makes a run of a request, or gives back the one that a double click already made.
-- Lock order: the organisation's advisory lock (a bulk insert would deadlock across statements
-- whatever each row sorts), the run's row, claims sorted, reservations sorted.
create or replace function accounting.request_export (
  p_organisation_id uuid,
  p_claim_ids uuid[],
  p_requested_by text
)
  returns accounting.export_requests
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_request_key text;
  v_integration accounting.integrations;
  v_run accounting.export_requests;
  v_reserved uuid[];
begin
  perform accounting.check_claim_ids(p_claim_ids);
  v_request_key := accounting.sha256_key(p_organisation_id, p_claim_ids);

  perform accounting.lock_organisation(p_organisation_id);
  v_integration := accounting.require_integration(p_organisation_id);
  loop
    insert into accounting.export_requests
      (organisation_id, claim_ids, request_key, system, endpoint, requested_by)
    values (
      p_organisation_id, p_claim_ids, v_request_key, v_integration.system, v_integration.endpoint,
      p_requested_by
    )
    on conflict (organisation_id, request_key)
      where state not in (
        'exported', 'partially_exported', 'rejected', 'failed', 'skipped', 'cancelled'
      )
      do nothing
    returning * into v_run;
    exit when found;
    select * into v_run
    from accounting.export_requests as e
    where e.organisation_id = p_organisation_id
      and e.request_key = v_request_key
      and e.ended_at is null;
    if found then
      return v_run;
    end if;
    -- It ended between the two looks: insert again.
  end loop;

  v_reserved := accounting.reserve_claims(p_organisation_id, v_run.run_id, p_claim_ids);
  if v_reserved is null then
    update accounting.export_requests as e
    set state = 'skipped',
      ended_at = accounting.clock(),
      next_attempt_at = null
    where e.organisation_id = p_organisation_id
      and e.run_id = v_run.run_id
      and e.state = 'queued'
    returning * into v_run;
    return v_run;
  end if;

  v_run.frozen_input :=
    accounting.freeze_input(p_organisation_id, v_integration.system, v_reserved);

  update accounting.export_requests as e
  set reserved_key = accounting.sha256_key(p_organisation_id, v_reserved),
    batch_key = accounting.next_batch_key(p_organisation_id, v_integration.system, v_reserved),
    frozen_input = v_run.frozen_input,
    input_sha256 = accounting.sha256_text(v_run.frozen_input::text),
    mapper_version = v_run.frozen_input ->> 'mapper_version'
  where e.organisation_id = p_organisation_id
    and e.run_id = v_run.run_id
  returning * into v_run;
  return v_run;
end;
$$;

comment on function accounting.request_export(uuid, uuid[], text) is
  'Asks the guard for each claim, reserves, freezes, and returns the run; repeated while that run '
  'has not ended, it returns the same run. Raises AX001 to AX004, AX007, AX008.';
