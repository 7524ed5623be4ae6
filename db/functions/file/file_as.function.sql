-- A stored file in one of its two types, with the name that goes with it.
create or replace function accounting.file_as (
  p_file accounting.export_files,
  p_media_type text
)
  returns table (name text, content bytea, sha256 text)
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select
    case
      when own.is_wanted then p_file.name
      else pg_catalog.split_part(p_file.name, '.', 1)
        || case p_media_type when 'text/csv' then '.csv' else '.json' end
    end,
    case when own.is_wanted then p_file.content else p_file.other_content end,
    case when own.is_wanted then p_file.sha256 else p_file.other_sha256 end
  from (select (accounting.media_types_of(p_file.format))[1] = p_media_type) as own (is_wanted);
$$;

comment on function accounting.file_as(accounting.export_files, text) is
  'Name, bytes and SHA-256 of a file as text/csv or application/json.';
