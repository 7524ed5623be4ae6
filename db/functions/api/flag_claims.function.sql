-- A coordinator doubts whether claims are in the ledger.
create or replace function api.flag_claims (
  p_claim_ids uuid[],
  p_reason text
)
  returns table (claim_id uuid, flagged_at timestamptz)
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['coordinator']);
  perform accounting.require_claims(v_organisation_id, p_claim_ids);
  perform accounting.flag_claims(
    v_organisation_id, p_claim_ids, accounting.require_words(p_reason, 'the reason'),
    accounting.token_subject()
  );
  return query
    select c.id, c.flagged_at
    from accounting.claims as c
    where c.organisation_id = v_organisation_id
      and c.id = any (p_claim_ids)
    order by c.id;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.flag_claims(uuid[], text) is
  'Flagged claims aren''t exported until the ledger has been asked for their references.';
