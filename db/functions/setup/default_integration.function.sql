-- What an integration has where the file is silent: the columns' defaults, said once more because a
-- default can't be read back. A test compares the two.
create or replace function accounting.default_integration (p_organisation_id uuid)
  returns accounting.integrations
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.jsonb_populate_record(
    null::accounting.integrations,
    pg_catalog.jsonb_build_object(
      'organisation_id', p_organisation_id,
      'settings', '{}'::jsonb,
      'is_enabled', true,
      'max_attempts', 8,
      'base_delay_ms', 2000,
      'max_delay_ms', 900000,
      'lease_ms', 180000,
      'send_timeout_ms', 120000,
      'remote_max_ms', 600000,
      'quarantine_ms', 720000,
      'max_concurrency', 1,
      'follow_up_ms', 3600000,
      'created_at', accounting.clock(),
      'updated_at', accounting.clock()
    )
  );
$$;

comment on function accounting.default_integration(uuid) is
  'An integration with every default and nothing of its own.';
