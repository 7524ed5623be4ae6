-- From the top level or app_metadata; never from user_metadata, which users write themselves.
-- Security definer: whoever is checked by a policy can't name what this calls.
create or replace function accounting.token_organisation_id ()
  returns uuid
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
  select case when accounting.is_uuid(pg_catalog.lower(t.text)) then t.text::uuid end
  from (
    select coalesce(
      accounting.token() ->> 'organisation_id',
      accounting.token() -> 'app_metadata' ->> 'organisation_id'
    )
  ) as t (text);
$$;

comment on function accounting.token_organisation_id() is
  'The organisation that the caller''s token speaks for; null: none.';
