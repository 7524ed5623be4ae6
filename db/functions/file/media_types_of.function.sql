-- What a stored file can be given as, its own type first. Both hold the same vouchers, made from the
-- same frozen input and stored at the same moment.
create or replace function accounting.media_types_of (p_format text)
  returns text[]
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select case p_format
    when 'json' then array['application/json', 'text/csv']
    else array['text/csv', 'application/json']
  end;
$$;

comment on function accounting.media_types_of(text) is
  'The media types in which a file of this format can be given, its own first.';
