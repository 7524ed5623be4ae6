-- The doubt is answered: by the ledger, asked after the flag was raised, or by a person.
create or replace function accounting.clear_flags (
  p_organisation_id uuid,
  p_claim_ids uuid[],
  p_answered_at timestamptz
)
  returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  update accounting.claims as c
  set flagged_at = null,
    flagged_reason = null,
    flagged_by = null
  where c.organisation_id = p_organisation_id
    and c.id = any (p_claim_ids)
    and c.flagged_at <= p_answered_at;
$$;

comment on function accounting.clear_flags(uuid, uuid[], timestamptz) is
  'Clears the flags of claims that were raised up to a time; null: none.';
