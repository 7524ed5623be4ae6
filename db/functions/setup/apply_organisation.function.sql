-- Brings an organisation, its integrations and its mappings to what a file says. Applying the same
-- file again changes nothing. Integrations that the file leaves out are disabled, never deleted:
-- their runs still have to be asked about. Mappings that it leaves out are deleted: runs have theirs
-- frozen. Flags that it leaves out stay as they are.
create or replace function accounting.apply_organisation (p_file jsonb)
  returns table (object text, result text)
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid;
  v_constraint text;
  v_detail text;
begin
  v_organisation_id := (p_file #>> '{organisation,id}')::uuid;
  if p_file OPERATOR(pg_catalog.?) 'flags' then
    -- Requests take this lock before all others: so must whoever takes others too.
    perform accounting.lock_organisation(v_organisation_id);
  end if;
  return query select * from accounting.apply_organisation_row(p_file -> 'organisation');
  return query
    select *
    from accounting.apply_integrations(v_organisation_id, coalesce(p_file -> 'integrations', '[]'));
  return query
    select *
    from accounting.apply_mappings(v_organisation_id, coalesce(p_file -> 'mappings', '{}'));
  return query
    select * from accounting.apply_flags(v_organisation_id, coalesce(p_file -> 'flags', '{}'));
exception
  when check_violation or unique_violation or not_null_violation or invalid_text_representation
    or numeric_value_out_of_range or invalid_parameter_value
  then
    get stacked diagnostics
      v_constraint = constraint_name,
      v_detail = message_text;
    raise exception using
      errcode = 'AX010',
      message = 'the organisation''s file is not valid',
      detail = coalesce(nullif(pg_catalog.replace(v_constraint, '_', ' '), ''), v_detail),
      hint = 'docs/organisation-file.md describes every key. Nothing was changed.';
end;
$$;

comment on function accounting.apply_organisation(jsonb) is
  'Loads an organisation''s file: created, updated or unchanged per object. Raises AX010, AX017, '
  'AX029.';
