-- Erases a person who asked for it: every claim that may be erased now. What may not is told by what
-- stands in the way; if nothing may, that is an error. The same again finds nothing left: whose an
-- erased claim was is known to nobody.
create or replace function accounting.erase_person (
  p_organisation_id uuid,
  p_person_id text,
  p_reference text,
  p_erased_by text default null
)
  returns jsonb
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reference text;
  v_claim_ids uuid[];
  v_free uuid[];
  v_erasure accounting.erasures;
  v_left jsonb;
begin
  -- First: no claim of the person comes in between the list and its locks.
  perform accounting.lock_organisation(p_organisation_id);
  v_reference := accounting.require_erasure_reference(
    p_organisation_id, p_person_id, p_reference
  );
  v_claim_ids := array(
    select c.id
    from accounting.claims as c
    where c.organisation_id = p_organisation_id
      and c.claimant_id = p_person_id
    order by c.id
  );
  perform accounting.lock_for_erasure(p_organisation_id, v_claim_ids);
  v_free := array(
    select j.claim_id
    from accounting.judge_erasure(p_organisation_id, v_claim_ids) as j
    where j.hindrance is null
  );
  v_erasure := accounting.erase_claims(
    p_organisation_id, v_free, p_person_id, 'request', v_reference,
    coalesce(p_erased_by, session_user)
  );
  v_left := accounting.hindrances_of(p_organisation_id, v_claim_ids)
    || accounting.declaration_hindrance_of(p_organisation_id, p_person_id);
  if v_erasure.id is null and v_left <> '[]' then
    raise exception using
      errcode = 'AX050',
      message = 'nothing of this person can be erased yet',
      detail = (
        select pg_catalog.string_agg(l.item ->> 'words', '; ' order by l.place)
        from pg_catalog.jsonb_array_elements(v_left) with ordinality as l (item, place)
      ),
      hint = 'docs/data.md says what each means, and what ends it.';
  end if;
  return pg_catalog.jsonb_build_object(
    'erased', case
      when v_erasure.id is not null then pg_catalog.to_jsonb(v_erasure) - 'organisation_id'
    end,
    'left', v_left
  );
end;
$$;

comment on function accounting.erase_person(uuid, text, text, text) is
  'Erases what may be erased of a person, for the case that p_reference names: {"erased": the row of '
  'accounting.erasures, or null, "left": [what stands in the way of the rest]}. Raises AX014, AX017, '
  'AX050 (nothing may be erased yet).';
