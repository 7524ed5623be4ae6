-- The flags that a file names; others stay as they are, for a person may have switched them.
create or replace function accounting.apply_flags (p_organisation_id uuid, p_flags jsonb)
  returns table (object text, result text)
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  select 'flag ' || f.key,
    accounting.set_feature_flag(
      p_organisation_id, f.key, (f.value ->> 'is_enabled')::boolean, f.value ->> 'reason'
    )
  from pg_catalog.jsonb_each(p_flags) as f
  order by f.key;
$$;

comment on function accounting.apply_flags(uuid, jsonb) is 'Part of apply_organisation.';
