-- The app sends a claim again whose person was erased here: nothing of it is stored, and the app is
-- told so. What isn't the person's must be what it was, else it is another claim under an old id.
create or replace function accounting.put_erased_claim (p_old accounting.claims, p_claim jsonb)
  returns text
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if (p_old.reference, p_old.kind, p_old.state, p_old.currency, p_old.total)
    is distinct from (
      p_claim ->> 'reference', p_claim ->> 'kind', coalesce(p_claim ->> 'state', 'approved'),
      p_claim ->> 'currency', (p_claim ->> 'total')::numeric(12, 2)
    )
    or not accounting.has_same_lines(p_old.organisation_id, p_old.id, (
      select pg_catalog.jsonb_agg(l.line - 'text' order by l.place)
      from pg_catalog.jsonb_array_elements(p_claim -> 'lines') with ordinality as l (line, place)
    ))
  then
    perform accounting.raise_erased(p_old.id);
  end if;
  return 'erased';
end;
$$;

comment on function accounting.put_erased_claim(accounting.claims, jsonb) is
  'Part of put_claim: erased, for a claim that is otherwise the same. Raises AX051.';
