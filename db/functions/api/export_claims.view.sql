-- Claim by claim: what the guard said, and what became of it.
create view api.export_claims
  with (security_invoker = true)
as
select
  r.organisation_id,
  r.run_id,
  r.claim_id,
  r.reference,
  r.verdict,
  r.outcome,
  r.external_ids ->> 0 as external_id,
  coalesce(r.error, r.detail) as error,
  case when e.state <> 'produced' then r.delivered_at end as exported_at,
  r.booked_at,
  r.fault
from accounting.claim_reservations as r
join accounting.export_requests as e
  on e.organisation_id = r.organisation_id
  and e.run_id = r.run_id;

comment on view api.export_claims is
  'One row per run and claim: verdict, outcome, id in the ledger.';
comment on column api.export_claims.external_id is
  'The first of the ids that the accounting system gave; all are in the trail.';
comment on column api.export_claims.error is
  'Why it was not exported, or what the system answered.';
comment on column api.export_claims.exported_at is 'Delivered, and of a file: confirmed as imported; booked is told in booked_at.';
