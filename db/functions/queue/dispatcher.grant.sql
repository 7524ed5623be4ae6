-- The dispatcher's handful of functions, and no table.
revoke all on schema api from export_dispatcher;
revoke all on all tables in schema accounting from export_dispatcher;
revoke execute on all functions in schema accounting from export_dispatcher;
grant usage on schema accounting to export_dispatcher;
grant execute on function
  accounting.lease_runs(text, integer),
  accounting.start_attempt(uuid, uuid, uuid),
  accounting.start_question(uuid, uuid, uuid),
  accounting.start_follow_up(uuid, uuid),
  accounting.renew_lease(uuid, uuid, uuid),
  accounting.hand_back(uuid, uuid, uuid, integer),
  accounting.record_results(jsonb),
  accounting.record_follow_up(jsonb),
  accounting.sweep(integer),
  accounting.next_wake_up_ms(),
  accounting.list_credential_refs(),
  accounting.read_vault_secret(text)
  to export_dispatcher;

-- So that a dispatcher can tell at its start whether the database is as new as it is.
grant usage on schema accounting_migrations to export_dispatcher;
grant execute on function accounting_migrations.applied_migrations() to export_dispatcher;
