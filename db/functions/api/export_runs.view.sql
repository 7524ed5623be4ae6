-- The trail, without the internals of its hashes.
create view api.export_runs
  with (security_invoker = true)
as
select
  x.organisation_id,
  x.seq,
  x.id,
  x.run_id,
  x.kind,
  x.outcome,
  x.is_late,
  x.attempt_no,
  x.claim_ids,
  x.http_status,
  x.error_message,
  x.external_ids,
  x.wire_sha256,
  x.mapper_version,
  x.actor,
  x.started_at,
  x.recorded_at
from accounting.export_runs as x;

comment on view api.export_runs is
  'The audit trail: every attempt, every answer to a question, every decision of a person.';
