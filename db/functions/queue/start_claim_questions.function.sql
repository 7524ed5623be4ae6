-- What to ask for claims that no run holds. There is nothing frozen: the input is made on the spot,
-- to compare with what the ledger has.
create or replace function accounting.start_claim_questions (
  p_organisation_id uuid,
  p_lease_id uuid
)
  returns table (
    is_started boolean, state text, attempt_no integer, batch jsonb, lease_ms integer,
    send_timeout_ms integer
  )
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_claim_ids uuid[];
  v_system text;
  v_integration accounting.integrations;
begin
  select pg_catalog.array_agg(q.claim_id order by q.claim_id), min(q.system)
  into v_claim_ids, v_system
  from (
    select *
    from accounting.claim_questions as l
    where l.organisation_id = p_organisation_id
      and l.lease_id = p_lease_id
      and l.lease_expires_at > v_now
    order by l.claim_id
    for update
  ) as q;
  if v_claim_ids is null then
    perform accounting.raise_stale_lease(null, p_lease_id);
  end if;
  select * into strict v_integration
  from accounting.integrations as i
  where i.organisation_id = p_organisation_id
    and i.system = v_system;

  update accounting.claim_questions as q
  set lease_expires_at = accounting.later(v_now, v_integration.lease_ms),
    question_started_at = v_now
  where q.organisation_id = p_organisation_id
    and q.lease_id = p_lease_id;

  return query
    select true, null::text, null::integer,
      pg_catalog.jsonb_build_object(
        'organisationId', p_organisation_id,
        'runId', null,
        'attemptNo', 0,
        'batchKey', accounting.sha256_key(p_organisation_id, v_claim_ids),
        'endpoint', coalesce(v_integration.endpoint, ''),
        'input', accounting.freeze_input(p_organisation_id, v_system, v_claim_ids),
        'openClaimIds', pg_catalog.to_jsonb(v_claim_ids),
        'knownExternalIds', '[]'::jsonb,
        'voidedExternalIds', accounting.voided_ids_of(p_organisation_id, v_claim_ids::text[]),
        'voidedClaimIds', accounting.voided_claims_of(p_organisation_id, v_claim_ids::text[]),
        'search', 'references',
        'credentialRef', v_integration.credential_ref
      ) || case v_system
        when 'file' then pg_catalog.jsonb_build_object(
          'files', accounting.file_look_up(p_organisation_id, null, null, v_claim_ids)
        )
        else '{}'
      end,
      v_integration.lease_ms, v_integration.send_timeout_ms;
end;
$$;

comment on function accounting.start_claim_questions(uuid, uuid) is
  'What to ask for the claims leased without a run. Raises AX020 for a stale lease.';
