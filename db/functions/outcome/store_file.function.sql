-- Stores the file of a run, or finds the one that its batch key already has. Never rewrites.
create or replace function accounting.store_file (
  p_run accounting.export_requests,
  p_claim_ids uuid[],
  p_file jsonb
)
  returns accounting.export_files
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_content bytea := pg_catalog.convert_to(p_file ->> 'content', 'UTF8');
  v_other bytea := pg_catalog.convert_to(p_file ->> 'other_content', 'UTF8');
  v_file accounting.export_files;
begin
  insert into accounting.export_files (
    organisation_id, run_id, batch_key, name, format, claim_ids, content, sha256, bytes,
    other_content, other_sha256
  )
  values (
    p_run.organisation_id, p_run.run_id, p_run.batch_key, p_file ->> 'name', p_file ->> 'format',
    p_claim_ids, v_content, pg_catalog.encode(pg_catalog.sha256(v_content), 'hex'),
    pg_catalog.octet_length(v_content), v_other,
    pg_catalog.encode(pg_catalog.sha256(v_other), 'hex')
  )
  on conflict (organisation_id, batch_key) do nothing;
  select * into strict v_file
  from accounting.export_files as f
  where f.organisation_id = p_run.organisation_id
    and f.batch_key = p_run.batch_key;
  return v_file;
end;
$$;

comment on function accounting.store_file(accounting.export_requests, uuid[], jsonb) is
  'The file of a batch: the one that was there, else this one ({name, format, content, '
  'other_content}), stored now.';
