-- An organisation_admin says for how long an older version is accepted.
create or replace function api.accept_declaration_version (
  p_template_id uuid,
  p_version integer,
  p_accepted_until date,
  p_reason text
)
  returns table (
    template_id uuid, version integer, valid_from date, valid_until date, counts_until date
  )
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_detail text;
  v_hint text;
begin
  v_organisation_id := accounting.require_person(array['organisation_admin']);
  perform accounting.accept_version_until(
    v_organisation_id, p_template_id, p_version, p_accepted_until, p_reason,
    accounting.require_subject()
  );
  return query
    select v.template_id, v.version, v.valid_from, nullif(v.valid_until, 'infinity'),
      nullif(v.counts_until, 'infinity')
    from accounting.declaration_versions(v_organisation_id) as v
    where v.template_id = p_template_id;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  perform accounting.raise_again(sqlstate, sqlerrm, v_detail, v_hint);
end;
$$;

comment on function api.accept_declaration_version(uuid, integer, date, text) is
  'Sets the last day on which acknowledgements of a version count that isn''t in force any more; '
  'null: as the validity rule says. Back come its days; null: no end is known.';
