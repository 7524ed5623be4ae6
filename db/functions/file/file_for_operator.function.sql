-- For `npm run export-file`: whoever owns the database gets a file without a person's token.
create or replace function accounting.file_for_operator (p_run_id uuid, p_media_type text default null)
  returns table (name text, content bytea, sha256 text)
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid := (
    select e.organisation_id
    from accounting.export_requests as e
    where e.run_id = p_run_id
  );
  v_file accounting.export_files := accounting.require_file(v_organisation_id, p_run_id);
begin
  return query
    select *
    from accounting.file_as(
      v_file, coalesce(p_media_type, (accounting.media_types_of(v_file.format))[1])
    );
end;
$$;

comment on function accounting.file_for_operator(uuid, text) is
  'The file of a run, in its own type or the one that is named. Raises AX016, AX018, AX028.';
