-- A search box over runs and claims. Security definer, since what it looks for by the ledger's ids has
-- no index that row level security lets through; so it asks first who the caller is.
create or replace function api.find_exports (
  p_term text,
  p_limit integer default 20,
  p_organisation_id uuid default null
)
  returns table (
    run_id uuid, claim_id uuid, reference text, external_id text, matched_by text,
    integration_status text, requested_at timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_organisation(
    array['app', 'coordinator', 'auditor', 'organisation_admin'], p_organisation_id
  );
  return query
    select f.*
    from accounting.find_exports(
      v_organisation_id,
      pg_catalog.btrim(p_term),
      least(greatest(coalesce(p_limit, 20), 1), 200)
    ) as f;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.find_exports(text, integer, uuid) is
  'Finds runs and claims by a claim''s reference or its beginning, a run''s id, a claim''s id, or an id '
  'that the accounting system gave (a voucher number). Newest runs first, at most 200.';
