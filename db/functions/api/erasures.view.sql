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
comment on column api.erasures.organisation_id is 'Whose claims.';
comment on column api.erasures.erasure_id is
  'The erasure: what was erased keeps this id in the place of the person''s.';
comment on column api.erasures.erased_at is 'When.';
comment on column api.erasures.erased_by is
  'The name that was given to the command, or the database login.';
comment on column api.erasures.ground is
  'request: a person asked for it; retention: the time for which it was kept had ended.';
comment on column api.erasures.reference is
  'Where the organisation has the case: a number, never a name.';
comment on column api.erasures.retention_months is
  'For how many months the organisation kept claims then.';
comment on column api.erasures.claim_count is 'Claims whose person was erased.';
comment on column api.erasures.line_text_count is 'Texts of claims'' lines.';
comment on column api.erasures.input_count is 'Frozen inputs that the claims were taken out of.';
comment on column api.erasures.file_count is 'Files whose content was erased.';
comment on column api.erasures.declaration_act_count is
  'What a driver acknowledged or withdrew: kept under the erasure''s id, without its texts.';
