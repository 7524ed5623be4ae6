-- Who may do what. First everything is taken away, also what default privileges gave when it was
-- made (Supabase gives the three roles all that is new in `public`); then each right is given by
-- name.
revoke all on schema accounting, accounting_migrations, api
  from public, anon, authenticated, service_role;
revoke execute on all functions in schema accounting from public;
revoke execute on all functions in schema accounting from anon, authenticated, service_role;
revoke execute on all functions in schema accounting_migrations from public;
revoke execute on all functions in schema accounting_migrations
  from anon, authenticated, service_role;
revoke execute on all functions in schema api from public;
revoke execute on all functions in schema api from anon, authenticated, service_role;
revoke all on all tables in schema accounting from public, anon, authenticated, service_role;
revoke all on all tables in schema accounting_migrations
  from public, anon, authenticated, service_role;
revoke all on all tables in schema api from public, anon, authenticated, service_role;

grant usage on schema api to anon, authenticated, service_role;

-- The door.
grant insert (claim_ids, organisation_id) on api.export_requests to authenticated, service_role;
grant execute on function api.put_claims(jsonb) to authenticated, service_role;
grant execute on function api.check_export(uuid[], uuid) to authenticated, service_role;

-- A person's acts: they ask for a person's token.
grant execute on function
  api.reconcile_export(uuid), api.resolve_export(uuid, text, text, jsonb),
  api.void_export(uuid, uuid[], text), api.cancel_export(uuid), api.flag_claims(uuid[], text),
  api.confirm_import(uuid, text), api.export_file(uuid), api.resume_integration(text, text)
  to authenticated;

-- What an organisation switches on, and its declaration: also asks for a person's token.
grant execute on function
  api.set_feature_flag(text, boolean, text),
  api.put_declaration_template(text, text, text),
  api.preview_declaration(uuid, integer),
  api.sign_off_declaration_template(uuid, integer, text, text, text),
  api.publish_declaration_template(uuid, integer, date),
  api.accept_declaration_version(uuid, integer, date, text),
  api.set_declaration_rules(text, boolean, text, integer, text),
  api.declaration_rules(),
  api.current_declaration(),
  api.acknowledge_declaration(uuid, integer, text, text, text),
  api.withdraw_acknowledgement(),
  api.missing_declarations(integer),
  api.declaration_record(text, date, date)
  to authenticated;

-- Reading. The views run with the caller's rights, so the caller needs the columns that they show;
-- without USAGE on the schema nothing else of it can be named.
grant select on api.export_requests, api.export_status, api.export_runs, api.export_claims,
  api.export_attention, api.integration_resumptions, api.feature_flags, api.declaration_templates,
  api.erasures
  to authenticated, service_role;
grant execute on function api.get_export_status(uuid, integer) to authenticated, service_role;
grant execute on function api.find_exports(text, integer, uuid) to authenticated, service_role;
grant execute on function api.verify_audit_trail() to authenticated, service_role;

grant execute on function
  accounting.token_organisation_id(), accounting.can_read_exports(), accounting.keep_estimates(),
  accounting.can_read_flags(), accounting.can_write_declarations(), accounting.clock()
  to authenticated, service_role;
grant select (
  organisation_id, run_id, claim_ids, state, system, attempt_no, attempt_started_at,
  next_attempt_at, in_doubt_since, unreachable_since, review_reason, requested_by, requested_at,
  exported_at, ended_at
) on accounting.export_requests to authenticated, service_role;
grant select (
  organisation_id, run_id, claim_id, reference, verdict, detail, outcome, external_ids, error,
  delivered_at, booked_at, fault, faulted_at, booked_late_at, released_at, is_fault_told
) on accounting.claim_reservations to authenticated, service_role;
grant select (
  organisation_id, seq, id, run_id, kind, outcome, is_late, attempt_no, claim_ids, http_status,
  error_message, external_ids, wire_sha256, mapper_version, actor, started_at, recorded_at
) on accounting.export_runs to authenticated, service_role;
grant select (organisation_id, system, paused_at, paused_reason, frozen_at, frozen_reason)
  on accounting.integrations to authenticated, service_role;
grant select (
  organisation_id, id, currency, total, exported_run_id, flagged_at, flagged_reason, flagged_by
)
  on accounting.claims to authenticated, service_role;
grant select (organisation_id, claim_id, system, problem)
  on accounting.claim_questions to authenticated, service_role;
grant select (organisation_id, system, failure_count, failing_since, problem)
  on accounting.follow_ups to authenticated, service_role;
grant select (organisation_id, name, is_enabled)
  on accounting.feature_flags to authenticated, service_role;
grant select (
  organisation_id, id, language, version, state, way_of_acknowledging, body, body_sha256, problems,
  authors, edited_at, signed_off_at, signed_off_by, sign_off_reference, published_at, published_by,
  valid_from
) on accounting.declaration_templates to authenticated, service_role;
grant select (organisation_id, template_id, acceptance_no, accepted_until)
  on accounting.declaration_acceptances to authenticated, service_role;
grant select on accounting.erasures to authenticated, service_role;
grant select (
  organisation_id, system, paused_at, paused_reason, resumed_at, resumed_by, evidence
) on accounting.integration_resumptions to authenticated, service_role;
