-- What a person decides goes into the trail under that person's name, and what one asks is about that
-- person's organisation, so it takes a person's token: service_role and the database's owner may do
-- everything else, and not this.
create or replace function accounting.require_person (p_app_roles text[])
  returns uuid
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if accounting.is_trusted_caller() then
    raise exception using
      errcode = 'AX009',
      message = 'this role may not do that',
      detail = pg_catalog.format(
        'It takes one of %s; the caller has no token of a person.',
        pg_catalog.array_to_string(p_app_roles, ', ')
      ),
      hint = 'Sign in as somebody with that role.';
  end if;
  return accounting.require_organisation(p_app_roles);
end;
$$;

comment on function accounting.require_person(text[]) is
  'The organisation of a person with one of these roles; raises AX009 or AX015.';
