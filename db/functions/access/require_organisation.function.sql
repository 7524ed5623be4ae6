-- Which organisation a caller acts for, or an error. Row level security doesn't protect security
-- definer functions, so each of them asks here first.
create or replace function accounting.require_organisation (
  p_app_roles text[],
  p_named_organisation_id uuid default null
)
  returns uuid
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_organisation_id uuid := accounting.token_organisation_id();
begin
  if accounting.is_trusted_caller() then
    if p_named_organisation_id is null then
      raise exception using
        errcode = 'AX006',
        message = 'the organisation is not named',
        hint = 'service_role acts for every organisation: say which, with organisation_id.';
    end if;
    if not exists (select from accounting.organisations where id = p_named_organisation_id) then
      raise exception using
        errcode = 'AX014',
        message = 'there is no such organisation',
        detail = p_named_organisation_id::text,
        hint = 'Load it with: npm run organisation -- apply FILE.';
    end if;
    return p_named_organisation_id;
  end if;

  if v_organisation_id is null
    or not exists (select from accounting.organisations where id = v_organisation_id)
  then
    raise exception using
      errcode = 'AX015',
      message = 'the token names no organisation that is known here',
      hint = 'The token needs organisation_id, at the top level or in app_metadata.';
  end if;
  if not coalesce(accounting.token_app_role() = any (p_app_roles), false) then
    raise exception using
      errcode = 'AX009',
      message = 'this role may not do that',
      detail = pg_catalog.format(
        'It takes one of %s; the token''s app_role is %s.',
        pg_catalog.array_to_string(p_app_roles, ', '),
        coalesce(pg_catalog.quote_literal(accounting.token_app_role()), 'missing')
      ),
      hint = 'Sign in as somebody with that role.';
  end if;
  if p_named_organisation_id is distinct from v_organisation_id
    and p_named_organisation_id is not null
  then
    raise exception using
      errcode = 'AX005',
      message = 'that is somebody else''s organisation',
      hint = 'Leave organisation_id out: it is taken from the token.';
  end if;
  return v_organisation_id;
end;
$$;

comment on function accounting.require_organisation(text[], uuid) is
  'The organisation that the caller acts for; raises AX005, AX006, AX009, AX014 or AX015.';
