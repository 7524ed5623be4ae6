-- What a declaration calls the signed-in driver: as the token does (name, at the top level or in
-- app_metadata; never user_metadata, which users write themselves), or else as the driver's newest
-- claim does. Null: nobody told.
create or replace function accounting.driver_name (p_organisation_id uuid, p_driver_id text)
  returns text
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(
    pg_catalog.left(nullif(pg_catalog.btrim(accounting.token() ->> 'name'), ''), 200),
    pg_catalog.left(
      nullif(pg_catalog.btrim(accounting.token() -> 'app_metadata' ->> 'name'), ''), 200
    ),
    (
      select c.claimant_name
      from accounting.claims as c
      where c.organisation_id = p_organisation_id
        and c.claimant_id = p_driver_id
      order by c.created_at desc, c.id
      limit 1
    )
  );
$$;

comment on function accounting.driver_name(uuid, text) is
  'The signed-in driver''s name, from the token or the newest claim; null: not known.';
