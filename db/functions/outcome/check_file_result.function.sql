-- A file is accepted only with the file itself, and found only where it is.
create or replace function accounting.check_file_result (p_result jsonb)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select
    from accounting.export_requests as e
    cross join lateral pg_catalog.jsonb_array_elements(p_result -> 'rows') as i (item)
    where e.organisation_id = (p_result ->> 'organisation_id')::uuid
      and e.run_id = (p_result ->> 'run_id')::uuid
      and e.system = 'file'
      and case i.item ->> 'outcome'
        when 'accepted' then pg_catalog.jsonb_typeof(i.item -> 'file') is distinct from 'object'
        when 'found' then not exists (
          select
          from accounting.export_files as f
          where f.organisation_id = e.organisation_id
            and f.batch_key = e.batch_key
            and f.claim_ids @> array(
              select c.id::uuid
              from pg_catalog.jsonb_array_elements_text(i.item -> 'claim_ids') as c (id)
            )
        )
        else false
      end
  ) then
    raise exception using
      errcode = 'AX023',
      message = 'that is not a result of a run that writes files',
      detail = 'run ' || coalesce(p_result ->> 'run_id', 'none'),
      hint = 'Report a file as accepted together with the file, and as found where it is.';
  end if;
end;
$$;

comment on function accounting.check_file_result(jsonb) is
  'Raises AX023 for a file that is accepted without coming along, or found where there is none.';
