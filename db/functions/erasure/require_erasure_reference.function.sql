-- The case that an erasure belongs to. It stays for good, so it must not say what is erased: refused
-- if it holds the person's id, a name of the person, or a word of one.
create or replace function accounting.require_erasure_reference (
  p_organisation_id uuid,
  p_person_id text,
  p_reference text
)
  returns text
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_reference text := accounting.require_words(p_reference, 'the reference');
  v_words text[] := pg_catalog.regexp_split_to_array(
    pg_catalog.lower(v_reference), '[\s,.;:()/]+'
  );
begin
  if not exists (select from accounting.organisations as o where o.id = p_organisation_id) then
    raise exception using
      errcode = 'AX014',
      message = 'there is no such organisation',
      detail = p_organisation_id::text,
      hint = 'Load it first: npm run organisation -- apply.';
  end if;
  if pg_catalog.lower(p_person_id) = any (v_words)
    or (
      pg_catalog.length(p_person_id) >= 4
      and pg_catalog.strpos(pg_catalog.lower(v_reference), pg_catalog.lower(p_person_id)) > 0
    )
    or exists (
      select
      from accounting.claims as c
      cross join lateral pg_catalog.regexp_split_to_table(
        pg_catalog.lower(c.claimant_name), '[\s,]+'
      ) as n (word)
      where c.organisation_id = p_organisation_id
        and c.claimant_id = p_person_id
        and pg_catalog.length(n.word) >= 3
        and n.word = any (v_words)
    )
  then
    raise exception using
      errcode = 'AX017',
      message = 'the reference names the person who is to be erased',
      hint = 'It stays for good. Give the number of the case, and keep the name there.';
  end if;
  return v_reference;
end;
$$;

comment on function accounting.require_erasure_reference(uuid, text, text) is
  'The reference of an erasure without surrounding blanks. Raises AX014, AX017.';
