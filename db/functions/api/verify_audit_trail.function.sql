-- Whether the trail of the caller's organisation is whole, as far as it can tell by itself.
create or replace function api.verify_audit_trail ()
  returns table (is_valid boolean, rows_checked bigint, first_bad_seq bigint, reason text)
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
  v_organisation_id :=
    accounting.require_person(array['coordinator', 'auditor', 'organisation_admin']);
  return query
    select v.is_valid, v.rows_checked, v.first_bad_seq, v.reason
    from accounting.verify_trail_of(v_organisation_id) as v;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.verify_audit_trail() is
  'Recomputes the hash chain of the caller''s organisation. One row: is_valid; else the first bad '
  'seq and why.';
