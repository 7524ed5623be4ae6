-- Takes the persons out of claims that are locked and may be erased: names, ids, texts, what a frozen
-- input says of them, whole files (their bytes can't be changed without belying their hash, and each
-- holds several persons), and what remotes and coordinators said of them beside the trail. Then, of a
-- driver, what was acknowledged, if that may go.
create or replace function accounting.erase_claims (
  p_organisation_id uuid,
  p_claim_ids uuid[],
  p_driver_id text,
  p_ground text,
  p_reference text,
  p_erased_by text
)
  returns accounting.erasures
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_now timestamptz := accounting.clock();
  v_erasure accounting.erasures;
begin
  v_erasure.id := pg_catalog.gen_random_uuid();
  update accounting.claims as c
  set erasure_id = v_erasure.id,
    claimant_id = null,
    claimant_name = null
  where c.organisation_id = p_organisation_id
    and c.id = any (p_claim_ids);
  get diagnostics v_erasure.claim_count = row_count;

  update accounting.claim_lines as l
  set text = null
  where l.organisation_id = p_organisation_id
    and l.claim_id = any (p_claim_ids)
    and l.text is not null;
  get diagnostics v_erasure.line_text_count = row_count;

  update accounting.export_requests as e
  set frozen_input = accounting.without_persons(e.frozen_input, p_claim_ids),
    input_erased_at = coalesce(e.input_erased_at, v_now)
  where e.organisation_id = p_organisation_id
    and e.frozen_input is not null
    and e.run_id in (
      select r.run_id
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.claim_id = any (p_claim_ids)
        and r.verdict = 'exportable'
    );
  get diagnostics v_erasure.input_count = row_count;

  update accounting.export_files as f
  set content = null,
    other_content = null,
    erased_at = v_now
  where f.organisation_id = p_organisation_id
    and f.erased_at is null
    and f.run_id in (
      select r.run_id
      from accounting.claim_reservations as r
      where r.organisation_id = p_organisation_id
        and r.claim_id = any (p_claim_ids)
        and r.claim_id = any (f.claim_ids)
    );
  get diagnostics v_erasure.file_count = row_count;

  -- A flag's reason and a fault are people's and remotes' words; that there was one stays.
  update accounting.claim_reservations as r
  set error = null,
    detail = case r.verdict when 'flagged' then null else r.detail end,
    fault = case when r.fault is not null then 'erased' end
  where r.organisation_id = p_organisation_id
    and r.claim_id = any (p_claim_ids)
    and (r.error is not null or r.fault is not null or r.verdict = 'flagged');

  v_erasure.declaration_act_count :=
    accounting.erase_declarations(p_organisation_id, p_driver_id, v_erasure.id);
  if v_erasure.claim_count + v_erasure.declaration_act_count = 0 then
    return null;
  end if;

  insert into accounting.erasures (
    organisation_id, id, ground, reference, erased_by, erased_at, retention_months, claim_count,
    line_text_count, input_count, file_count, declaration_act_count
  )
  select p_organisation_id, v_erasure.id, p_ground, p_reference, p_erased_by, v_now,
    o.retention_months, v_erasure.claim_count, v_erasure.line_text_count, v_erasure.input_count,
    v_erasure.file_count, v_erasure.declaration_act_count
  from accounting.organisations as o
  where o.id = p_organisation_id
  returning * into strict v_erasure;
  return v_erasure;
end;
$$;

comment on function accounting.erase_claims(uuid, uuid[], text, text, text, text) is
  'Erases the persons of claims that lock_for_erasure holds, and what may go of a driver''s declarations '
  '(null: no driver); the row that tells of it, null if nothing was there. Raises AX050 for a claim that '
  'may not be erased.';
