-- Pauses that were ended: for an auditor who asks why sending went on.
create view api.integration_resumptions
  with (security_invoker = true)
as
select
  r.organisation_id,
  r.system,
  r.paused_at,
  r.paused_reason,
  r.resumed_at,
  r.resumed_by,
  r.evidence
from accounting.integration_resumptions as r;

comment on view api.integration_resumptions is
  'Pauses of integrations that were ended: why it was paused, who let it send again, and on what '
  'evidence. Append-only.';
comment on column api.integration_resumptions.organisation_id is 'Whose integration.';
comment on column api.integration_resumptions.system is
  'The accounting system: business_central, xledger or file.';
comment on column api.integration_resumptions.paused_at is 'When the accounting system refused us.';
comment on column api.integration_resumptions.paused_reason is 'What it said, sanitised.';
comment on column api.integration_resumptions.resumed_at is 'When it was let send again.';
comment on column api.integration_resumptions.resumed_by is
  'The person''s sub; at the database the login, or the name that a check was given.';
comment on column api.integration_resumptions.evidence is
  'What was seen or mended, sanitised; null: resumed by the command, which asks for no words.';
