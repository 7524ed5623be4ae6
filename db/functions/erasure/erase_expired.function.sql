-- Erases the persons of claims whose time has come: delivered, or withdrawn, longer ago than the
-- organisation keeps them. A bounded number of claims in a transaction; what can't be erased yet is
-- passed over, so the caller goes on from where this stopped.
create or replace function accounting.erase_expired (
  p_organisation_id uuid,
  p_reference text,
  p_erased_by text default null,
  p_after jsonb default null,
  p_limit integer default 200
)
  returns jsonb
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reference text := accounting.require_words(p_reference, 'the reference');
  v_claim_ids uuid[];
  v_free uuid[];
  v_after jsonb;
  v_erasure accounting.erasures;
begin
  select
    coalesce(pg_catalog.array_agg(k.id order by k.since, k.id), '{}'),
    (pg_catalog.array_agg(
      pg_catalog.jsonb_build_object('since', k.since, 'id', k.id) order by k.since desc, k.id desc
    ))[1]
  into v_claim_ids, v_after
  from (
    select c.id, coalesce(c.exported_at, c.updated_at) as since
    from accounting.claims as c
    where c.organisation_id = p_organisation_id
      and c.erasure_id is null
      and coalesce(c.exported_at, c.updated_at) <= accounting.clock() - (
        select pg_catalog.make_interval(months => o.retention_months)
        from accounting.organisations as o
        where o.id = p_organisation_id
      )
      and (
        p_after is null
        or (coalesce(c.exported_at, c.updated_at), c.id)
          > ((p_after ->> 'since')::timestamptz, (p_after ->> 'id')::uuid)
      )
    order by coalesce(c.exported_at, c.updated_at), c.id
    limit p_limit
  ) as k;
  perform accounting.lock_for_erasure(p_organisation_id, v_claim_ids);
  v_free := array(
    select j.claim_id
    from accounting.judge_erasure(p_organisation_id, v_claim_ids) as j
    where j.hindrance is null
  );
  v_erasure := accounting.erase_claims(
    p_organisation_id, v_free, null, 'retention', v_reference, coalesce(p_erased_by, session_user)
  );
  return pg_catalog.jsonb_build_object(
    'erased', case
      when v_erasure.id is not null then pg_catalog.to_jsonb(v_erasure) - 'organisation_id'
    end,
    'left', accounting.hindrances_of(p_organisation_id, v_claim_ids),
    'after', case when pg_catalog.cardinality(v_claim_ids) = p_limit then v_after end
  );
end;
$$;

comment on function accounting.erase_expired(uuid, text, text, jsonb, integer) is
  'Erases at most p_limit claims whose retention has ended: as erase_person, with "after", to go on '
  'from; null: that was all. Raises AX017.';
