-- The settings that every mapper reads, whatever the system.
create or replace function accounting.mapping_settings ()
  returns text[]
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select '{line_text,liability_text,line_dimensions,liability_dimensions,kinds}'::text[];
$$;

comment on function accounting.mapping_settings() is
  'The keys of an integration''s settings that every mapper reads.';
