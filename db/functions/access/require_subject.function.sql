-- Who acts, where it has to be a person: the token's sub, and nothing else. A token without one would
-- leave the name of a database role on record.
create or replace function accounting.require_subject ()
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_subject text := accounting.token() ->> 'sub';
begin
  if coalesce(v_subject !~ '\S', true) or pg_catalog.length(v_subject) > 200 then
    raise exception using
      errcode = 'AX009',
      message = 'this role may not do that',
      detail = 'The token has no sub, which says who acts.',
      hint = 'Sign in as a person.';
  end if;
  return v_subject;
end;
$$;

comment on function accounting.require_subject() is
  'The signed-in person''s sub; raises AX009 if the token has none.';
