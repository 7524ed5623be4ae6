-- Whether an organisation has switched something on. What isn't there is off.
create or replace function accounting.is_feature_enabled (p_organisation_id uuid, p_name text)
  returns boolean
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select
    from accounting.feature_flags as f
    where f.organisation_id = p_organisation_id
      and f.name = p_name
      and f.is_enabled
  );
$$;

comment on function accounting.is_feature_enabled(uuid, text) is
  'Whether the organisation has the feature switched on; off unless it said so.';
