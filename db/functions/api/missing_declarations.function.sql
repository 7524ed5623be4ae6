-- Which drivers lack an acknowledgement, and what that holds up. Names stay in the app.
create or replace function api.missing_declarations ()
  returns table (
    driver_id text, claim_id uuid, reference text, missing_on date, needed_language text,
    needed_version integer
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
  v_organisation_id := accounting.require_person(
    array['coordinator', 'auditor', 'organisation_admin']
  );
  return query
    select l.driver_id, l.claim_id, l.reference, l.missing_on, l.needed_language, l.needed_version
    from accounting.lacking_declarations(
      v_organisation_id, accounting.open_honoraria(v_organisation_id)
    ) as l
    order by l.driver_id, l.missing_on, l.reference;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.missing_declarations() is
  'Approved honoraria in no run that lack an acknowledgement on the first day named, and the version '
  'that was in force then; null: none was.';
