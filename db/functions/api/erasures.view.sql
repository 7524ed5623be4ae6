-- What was erased, for an auditor: on what ground, by whom, how much. Of whom is told nowhere.
create view api.erasures
  with (security_invoker = true)
as
select
  x.organisation_id,
  x.id as erasure_id,
  x.erased_at,
  x.erased_by,
  x.ground,
  x.reference,
  x.retention_months,
  x.claim_count,
  x.line_text_count,
  x.input_count,
  x.file_count,
  x.declaration_act_count
from accounting.erasures as x;

comment on view api.erasures is
  'Each erasure of personal data: on what ground, by whom, how much; nothing of whom.';
