-- Content negotiation (RFC 9110, 12.5.1): of the types that there are, the one that the caller likes
-- best; at a draw the first. The most specific range of a type decides.
create or replace function accounting.accepted_media_type (p_accept text, p_media_types text[])
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  with ranges (media_range, quality) as (
    select
      pg_catalog.lower(pg_catalog.btrim(pg_catalog.split_part(a.range, ';', 1))),
      coalesce(
        (pg_catalog.regexp_match(a.range, ';\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)', 'i'))[1]::numeric,
        1
      )
    from pg_catalog.regexp_split_to_table(
      coalesce(nullif(pg_catalog.btrim(p_accept), ''), '*/*'), ','
    ) as a (range)
  )
  select t.media_type
  from pg_catalog.unnest(p_media_types) with ordinality as t (media_type, place)
  cross join lateral (
    select r.quality
    from ranges as r
    where r.media_range
      in (t.media_type, pg_catalog.split_part(t.media_type, '/', 1) || '/*', '*/*')
    order by pg_catalog.length(pg_catalog.replace(r.media_range, '*', '')) desc, r.quality desc
    limit 1
  ) as best
  where best.quality > 0
  order by best.quality desc, t.place
  limit 1;
$$;

comment on function accounting.accepted_media_type(text, text[]) is
  'The media type that fits an Accept header (null or empty: any) best; null: none.';
