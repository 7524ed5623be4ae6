-- Which drivers lack an acknowledgement, and what that holds up. Names stay in the app.
create or replace function api.missing_declarations (p_limit integer default 200)
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
    select *
    from accounting.missing_declarations(
      v_organisation_id, least(greatest(coalesce(p_limit, 200), 0), 1000)
    ) as l
    order by l.driver_id, l.missing_on, l.reference;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.missing_declarations(integer) is
  'Approved honoraria in no run that lack an acknowledgement on the first day named, and the '
  'version that was in force then; null: none was. At most p_limit of them, 1000 at the most.';
