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
comment on column api.export_runs.organisation_id is 'Whose trail.';
comment on column api.export_runs.seq is 'Without gaps from 1, per organisation.';
comment on column api.export_runs.id is 'The row''s own id.';
comment on column api.export_runs.run_id is 'The run; null: asked about a flagged claim without a run.';
comment on column api.export_runs.kind is 'attempt, reconciliation or decision.';
comment on column api.export_runs.outcome is
  'Of an attempt: accepted, rejected, not_applied, unknown. Of a reconciliation: found, absent, '
  'unclear. Of a decision: booked_by_hand, proved_absent, voided, cancelled, import_confirmed.';
comment on column api.export_runs.is_late is
  'Recorded after its lease had ended: evidence, and booked counts all the same.';
comment on column api.export_runs.attempt_no is
  'Which attempt of the run, from 1; a row about no attempt has 0 or null.';
comment on column api.export_runs.claim_ids is 'The claims that share this outcome.';
comment on column api.export_runs.http_status is 'What the accounting system answered; null: nothing.';
comment on column api.export_runs.error_message is
  'The accounting system''s words, or the evidence of a decision; sanitised and cut.';
comment on column api.export_runs.external_ids is
  'By claim id an array of the ids that the system gave; under "run" those of the batch.';
comment on column api.export_runs.wire_sha256 is
  'SHA-256 of what was sent, hex; null: nothing was.';
comment on column api.export_runs.mapper_version is
  'Which mapper made what was sent; null: nothing was.';
comment on column api.export_runs.actor is 'The dispatcher, the sweep, or the person''s sub.';
comment on column api.export_runs.started_at is
  'When the attempt or the question began; null: a decision.';
comment on column api.export_runs.recorded_at is 'When the row was written.';
