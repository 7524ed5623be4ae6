-- The public door: insert asks for an export, select shows the runs.
create view api.export_requests
  with (security_invoker = true)
as
select
  e.run_id,
  e.organisation_id,
  e.state,
  e.claim_ids,
  e.requested_by,
  e.requested_at
from accounting.export_requests as e;

comment on view api.export_requests is
  'Insert claim_ids to have them exported; the row that comes back is the run. Inserting the same '
  'claims again while the run has not ended gives back that run.';
comment on column api.export_requests.run_id is 'The run that the request became. Not inserted.';
comment on column api.export_requests.organisation_id is
  'Taken from the token; service_role must name it.';
comment on column api.export_requests.state is 'Where the run stands: docs/states.md. Not inserted.';
comment on column api.export_requests.claim_ids is '1 to 500 claims, each once.';
comment on column api.export_requests.requested_by is
  'Who asked: the token''s sub, or the database role. Not inserted.';
comment on column api.export_requests.requested_at is 'When it was asked for. Not inserted.';
