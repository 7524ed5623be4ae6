-- A frozen input without what it says of the persons of some claims. Empty texts, not nulls, since the
-- mappers read texts; amounts, types and dates stay: what the ledger has is compared with those.
create or replace function accounting.without_persons (p_input jsonb, p_claim_ids uuid[])
  returns jsonb
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.jsonb_set(p_input, '{claims}', (
    select pg_catalog.jsonb_agg(
      case
        when (c.claim ->> 'claim_id')::uuid = any (p_claim_ids) then
          c.claim || pg_catalog.jsonb_build_object(
            'claimant_id', '',
            'claimant_name', '',
            'lines', (
              select pg_catalog.jsonb_agg(l.line || '{"text": null}' order by l.place)
              from pg_catalog.jsonb_array_elements(c.claim -> 'lines')
                with ordinality as l (line, place)
            )
          )
        else c.claim
      end
      order by c.place
    )
    from pg_catalog.jsonb_array_elements(p_input -> 'claims') with ordinality as c (claim, place)
  ));
$$;

comment on function accounting.without_persons(jsonb, uuid[]) is
  'A frozen input without names, ids of persons and texts of these claims.';
