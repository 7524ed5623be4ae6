-- What an adapter works on, as one JSON object: the dispatcher's type Batch. Once somebody doubts
-- what we know (a flag, a restore), claims are looked for by reference, wherever they may be.
create or replace function accounting.batch_of (
  p_organisation_id uuid,
  p_run_id uuid,
  p_open_claim_ids uuid[]
)
  returns jsonb
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.jsonb_build_object(
    'organisationId', e.organisation_id,
    'runId', e.run_id,
    'attemptNo', e.attempt_no,
    'batchKey', e.batch_key,
    'endpoint', coalesce(e.endpoint, ''),
    'input', e.frozen_input,
    'openClaimIds', pg_catalog.to_jsonb(p_open_claim_ids),
    'knownExternalIds', accounting.external_ids_of(p_organisation_id, p_run_id),
    'voidedExternalIds', accounting.voided_ids_of(p_organisation_id, held.claim_ids),
    'voidedClaimIds', accounting.voided_claims_of(p_organisation_id, held.claim_ids),
    'search', case
      when i.frozen_at is not null
        or i.restored_at > accounting.clock() - interval '1 day'
        or exists (
          select
          from accounting.claims as c
          where c.organisation_id = p_organisation_id
            and c.id = any (p_open_claim_ids)
            and c.flagged_at is not null
        )
        then 'references'
      else 'run'
    end,
    'finish', accounting.finish_of(p_organisation_id, p_run_id, p_open_claim_ids),
    'credentialRef', i.credential_ref
  ) || case e.system
    when 'file' then pg_catalog.jsonb_build_object(
      'files',
      accounting.file_look_up(p_organisation_id, p_run_id, e.batch_key, p_open_claim_ids)
    )
    else '{}'
  end
  from accounting.export_requests as e
  join accounting.integrations as i
    on i.organisation_id = e.organisation_id
    and i.system = e.system
  cross join lateral (
    select array(
      select r.claim_id::text
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.run_id = p_run_id
        and r.verdict = 'exportable'
    ) as claim_ids
  ) as held
  where e.organisation_id = p_organisation_id
    and e.run_id = p_run_id;
$$;

comment on function accounting.batch_of(uuid, uuid, uuid[]) is
  'The frozen input of a run and the claims that are open, as the dispatcher takes them.';
