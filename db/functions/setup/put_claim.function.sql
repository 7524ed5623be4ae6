-- Stores one claim. Unchanged ones are left alone, so that a reserved claim may be put again as it
-- is.
create or replace function accounting.put_claim (p_organisation_id uuid, p_claim jsonb)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_id uuid := (p_claim ->> 'id')::uuid;
  v_state text := coalesce(p_claim ->> 'state', 'approved');
  v_old accounting.claims;
begin
  select * into v_old
  from accounting.claims as c
  where c.organisation_id = p_organisation_id
    and c.id = v_id
  for update;

  if not found then
    begin
      insert into accounting.claims
        (organisation_id, id, reference, kind, state, claimant_id, claimant_name, currency, total)
      values (
        p_organisation_id, v_id, p_claim ->> 'reference', p_claim ->> 'kind', v_state,
        p_claim #>> '{claimant,id}', p_claim #>> '{claimant,name}', p_claim ->> 'currency',
        (p_claim ->> 'total')::numeric
      );
    exception when unique_violation then
      if exists (
        select
        from accounting.claims as c
        where c.organisation_id = p_organisation_id
          and c.id = v_id
      ) then
        -- The app sent it twice at once, and the other was first.
        return accounting.put_claim(p_organisation_id, p_claim);
      end if;
      raise exception using
        errcode = 'AX013',
        message = 'another claim has that reference',
        detail = p_claim ->> 'reference',
        hint = 'A reference is unique in its organisation: it is what the ledger is asked for.';
    end;
    perform accounting.put_claim_lines(p_organisation_id, v_id, p_claim -> 'lines');
    return 'created';
  end if;

  if v_old.erasure_id is not null then
    return accounting.put_erased_claim(v_old, p_claim);
  end if;
  if (v_old.reference, v_old.kind, v_old.state, v_old.claimant_id, v_old.claimant_name,
      v_old.currency, v_old.total)
    is not distinct from
    (p_claim ->> 'reference', p_claim ->> 'kind', v_state, p_claim #>> '{claimant,id}',
      p_claim #>> '{claimant,name}', p_claim ->> 'currency', (p_claim ->> 'total')::numeric(12, 2))
    and accounting.has_same_lines(p_organisation_id, v_id, p_claim -> 'lines')
  then
    return 'unchanged';
  end if;

  perform accounting.refuse_if_reserved(p_organisation_id, v_id);
  update accounting.claims as c
  set reference = p_claim ->> 'reference',
    kind = p_claim ->> 'kind',
    state = v_state,
    claimant_id = p_claim #>> '{claimant,id}',
    claimant_name = p_claim #>> '{claimant,name}',
    currency = p_claim ->> 'currency',
    total = (p_claim ->> 'total')::numeric,
    updated_at = accounting.clock()
  where c.organisation_id = p_organisation_id
    and c.id = v_id;
  delete from accounting.claim_lines as l
  where l.organisation_id = p_organisation_id
    and l.claim_id = v_id;
  perform accounting.put_claim_lines(p_organisation_id, v_id, p_claim -> 'lines');
  return case
    when v_state = 'withdrawn' and v_old.state <> 'withdrawn' then 'withdrawn'
    else 'updated'
  end;
end;
$$;

comment on function accounting.put_claim(uuid, jsonb) is
  'Stores one checked claim; created, updated, withdrawn, unchanged or erased.';
