-- A key over an organisation and a set of claims, whatever order they were named in.
create or replace function accounting.sha256_key (
  p_organisation_id uuid,
  p_claim_ids uuid[],
  p_generation bigint default null
)
  returns text
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.encode(
    pg_catalog.sha256(pg_catalog.convert_to(
      pg_catalog.jsonb_build_array(
        p_organisation_id,
        (
          select pg_catalog.jsonb_agg(c.id order by c.id)
          from pg_catalog.unnest(p_claim_ids) as c (id)
        ),
        p_generation
      )::text,
      'UTF8'
    )),
    'hex'
  );
$$;

comment on function accounting.sha256_key(uuid, uuid[], bigint) is
  'SHA-256, hex, over organisation, sorted claims and generation: request key and batch key.';
