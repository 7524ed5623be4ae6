-- Whether a claim lost its person's data.
create or replace function accounting.is_erased (p_organisation_id uuid, p_claim_id uuid)
  returns boolean
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select
    from accounting.claims as c
    where c.organisation_id = p_organisation_id
      and c.id = p_claim_id
      and c.erasure_id is not null
  );
$$;

comment on function accounting.is_erased(uuid, uuid) is 'Whether the claim''s person was erased.';
