-- What preview works on: a run's frozen input with the claims that are still to be sent, or those that
-- an attempt sent, and what the trail knows of sent bytes. Changes nothing and takes no lease.
create or replace function accounting.run_to_preview (
  p_run_id uuid,
  p_attempt_no integer default null
)
  returns jsonb
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_run accounting.export_requests;
  v_sent jsonb;
  v_claim_ids uuid[];
  v_batch jsonb;
begin
  select * into v_run
  from accounting.export_requests as e
  where e.run_id = p_run_id;
  if not found then
    perform accounting.no_such_run(p_run_id);
  end if;
  if v_run.frozen_input is null then
    raise exception using
      errcode = 'AX018',
      message = 'nothing of this run was ever to be sent',
      detail = pg_catalog.format('the run is %s', v_run.state),
      hint = 'api.export_claims shows the verdict on each of its claims.';
  end if;
  if v_run.input_erased_at is not null then
    raise exception using
      errcode = 'AX018',
      message = 'persons were erased from the run''s input, so that what was sent can''t be shown',
      detail = pg_catalog.format('the run is %s', v_run.state),
      hint = 'The trail has the hashes of what was sent, and the accounting system what it took.';
  end if;
  v_sent := accounting.sent_of(v_run.organisation_id, p_run_id, p_attempt_no);
  if p_attempt_no is null then
    v_claim_ids := array(
      select s.claim_id from accounting.claims_to_send(v_run.organisation_id, p_run_id) as s
    );
  else
    v_claim_ids := array(
      select distinct c.id::uuid
      from pg_catalog.jsonb_array_elements(v_sent) as s (item)
      cross join lateral pg_catalog.jsonb_array_elements_text(s.item -> 'claimIds') as c (id)
      order by 1
    );
  end if;
  v_batch := accounting.batch_of(v_run.organisation_id, p_run_id, v_claim_ids);
  if v_run.attempt_no = 0 then
    -- The first start takes the address that is set up then.
    v_batch := v_batch || (
      select pg_catalog.jsonb_build_object('endpoint', i.endpoint)
      from accounting.integrations as i
      where i.organisation_id = v_run.organisation_id
        and i.system = v_run.system
    );
  end if;
  if p_attempt_no is not null then
    -- What was known before it is told by what it wrote into; what came after doesn't matter.
    v_batch := v_batch || pg_catalog.jsonb_build_object(
      'knownExternalIds', (
        select coalesce(pg_catalog.jsonb_agg(distinct ids.id), '[]'::jsonb)
        from pg_catalog.jsonb_array_elements(v_sent) as s (item)
        cross join lateral pg_catalog.jsonb_array_elements(s.item -> 'runIds') as ids (id)
      ),
      'voidedExternalIds', '[]'::jsonb
    );
  end if;
  return pg_catalog.jsonb_build_object(
    'state', v_run.state, 'attemptNo', v_run.attempt_no, 'batch', v_batch, 'sent', v_sent
  );
end;
$$;

comment on function accounting.run_to_preview(uuid, integer) is
  'A run''s batch as the next attempt, or one of those before, takes it; changes nothing. '
  'Raises AX016, AX018.';
