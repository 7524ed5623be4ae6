-- SHA-256 of a text's UTF-8 bytes, in hex.
create or replace function accounting.sha256_text (p_text text)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(p_text, 'UTF8')), 'hex');
$$;

comment on function accounting.sha256_text(text) is 'SHA-256 of a text, hex.';
