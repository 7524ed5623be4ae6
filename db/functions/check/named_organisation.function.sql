-- The organisation that a person means. Id, number and prefix are unique; a name may not be, and then
-- nothing is guessed.
create or replace function accounting.named_organisation (p_named text)
  returns accounting.organisations
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_found accounting.organisations[];
begin
  select pg_catalog.array_agg(o) into v_found
  from accounting.organisations as o
  where o.id::text = pg_catalog.lower(p_named)
    or o.organisation_number = p_named
    or o.reference_prefix = pg_catalog.upper(p_named);
  if v_found is null then
    select pg_catalog.array_agg(o) into v_found
    from accounting.organisations as o
    where pg_catalog.lower(o.name) = pg_catalog.lower(p_named);
  end if;
  if pg_catalog.cardinality(v_found) = 1 then
    return v_found[1];
  end if;
  raise exception using
    errcode = 'AX014',
    message = case
      when v_found is null then 'there is no such organisation'
      else 'more than one organisation is meant'
    end,
    detail = p_named,
    hint = 'Name it by its id, its organisation number or its prefix, as in its file.';
end;
$$;

comment on function accounting.named_organisation(text) is
  'The organisation with this id, number, prefix or name. Raises AX014 unless exactly one is meant.';
