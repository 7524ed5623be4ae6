-- Claim by claim: what the guard said, and what became of it. References are compared by bytes, as
-- their index has them: so a range finds what begins alike.
create view api.export_claims
  with (security_invoker = true)
as
select
  r.organisation_id,
  r.run_id,
  r.claim_id,
  r.reference collate "C" as reference,
  r.verdict,
  r.outcome,
  r.external_ids ->> 0 as external_id,
  coalesce(r.error, r.detail) as error,
  case when e.state <> 'produced' then r.delivered_at end as exported_at,
  r.booked_at,
  r.fault,
  c.total as amount,
  c.currency
from accounting.claim_reservations as r
join accounting.export_requests as e
  on e.organisation_id = r.organisation_id
  and e.run_id = r.run_id
left join accounting.claims as c
  on c.organisation_id = r.organisation_id
  and c.id = r.claim_id;

comment on view api.export_claims is
  'One row per run and claim: verdict, outcome, id in the ledger.';
comment on column api.export_claims.organisation_id is 'Whose claim.';
comment on column api.export_claims.run_id is 'The run that the claim was asked for in.';
comment on column api.export_claims.claim_id is 'The app''s id of the claim.';
comment on column api.export_claims.reference is
  'What the ledger is asked for; null: there is no such claim.';
comment on column api.export_claims.verdict is
  'What the guard said: exportable, or why the claim was not let through.';
comment on column api.export_claims.outcome is
  'What the last attempt, question or decision told of it; null: nothing yet, or not let through.';
comment on column api.export_claims.external_id is
  'The first of the ids that the accounting system gave; all are in the trail, and find_exports finds '
  'the claim by any of them.';
comment on column api.export_claims.error is
  'Why it was not exported, or what the system answered.';
comment on column api.export_claims.exported_at is
  'Delivered, and of a file: confirmed as imported; booked is told in booked_at.';
comment on column api.export_claims.booked_at is
  'When the accounting system told that it booked the claim; null: not yet, or it doesn''t tell.';
comment on column api.export_claims.fault is
  'What the accounting system found wrong after the delivery; null: nothing.';
comment on column api.export_claims.amount is
  'The claim''s total; null: there is no such claim.';
comment on column api.export_claims.currency is
  'Of the amount, ISO 4217; null: there is no such claim.';
