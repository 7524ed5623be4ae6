-- What to follow up: up to 500 delivered claims of an integration, those longest due first, and
-- others along with them, since they cost no request more. They are asked for where they were sent, so
-- they share an endpoint and an owner, whatever the settings say by now. Lock order: follow-up alone.
create or replace function accounting.start_follow_up (p_organisation_id uuid, p_lease_id uuid)
  returns table (
    is_started boolean, state text, attempt_no integer, batch jsonb, lease_ms integer,
    send_timeout_ms integer
  )
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_follow_up accounting.follow_ups;
  v_integration accounting.integrations;
  v_endpoint text;
  v_claim_ids uuid[];
  v_delivered jsonb;
begin
  select * into v_follow_up
  from accounting.follow_ups as f
  where f.organisation_id = p_organisation_id
    and f.lease_id = p_lease_id
    and f.lease_expires_at > v_now
  for update;
  if not found then
    perform accounting.raise_stale_lease(null, p_lease_id);
  end if;
  select * into strict v_integration
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.system = v_follow_up.system;
  select d.endpoint, d.claim_ids, d.delivered into v_endpoint, v_claim_ids, v_delivered
  from accounting.claims_to_follow_up(p_organisation_id, v_follow_up.system, 500) as d;
  if v_claim_ids is null then
    perform accounting.hand_back_follow_up(p_organisation_id, p_lease_id, 0);
    return query select false, null::text, null::integer, null::jsonb, 0, 0;
    return;
  end if;

  update accounting.follow_ups as f
  set lease_expires_at = accounting.later(v_now, v_integration.lease_ms),
    started_at = v_now
  where f.organisation_id = p_organisation_id
    and f.lease_id = p_lease_id;

  return query
    select true, null::text, null::integer,
      pg_catalog.jsonb_build_object(
        'organisationId', p_organisation_id,
        'endpoint', v_endpoint,
        'input', accounting.input_to_follow_up(
          p_organisation_id, v_follow_up.system, v_claim_ids
        ),
        'delivered', v_delivered,
        'voidedExternalIds', accounting.voided_ids_of(p_organisation_id, v_claim_ids::text[]),
        'voidedClaimIds', accounting.voided_claims_of(p_organisation_id, v_claim_ids::text[]),
        'credentialRef', v_integration.credential_ref
      ),
      v_integration.lease_ms,
      -- Sends wait meanwhile where one request at a time is taken: not for long.
      least(v_integration.send_timeout_ms, 30000);
end;
$$;

comment on function accounting.start_follow_up(uuid, uuid) is
  'What to follow up under a lease; is_started is false when nothing is left. Raises AX020 for a '
  'stale lease.';
