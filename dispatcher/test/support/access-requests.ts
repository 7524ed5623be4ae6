/**
 * What the access matrix asks of each function, and inserts into each view that takes rows: valid, about
 * the ids of whoever it is given. A new function gets a line here; one that isn't named fails the matrix.
 */
import type { Holdings } from './access-world.ts';

type Body = Readonly<Record<string, unknown>>;

/** @param named the organisation's id, for a caller that has to name it */
type Request = (given: Holdings, named: string | undefined) => Body;

/** By name and types of arguments. Each is rolled back, so none is in another's way. */
export const functionCalls: Readonly<Record<string, Request>> = {
  'cancel_export(uuid)': ({ queued }) => ({ p_run_id: queued.runId }),
  'check_export(uuid[], uuid)': ({ claim, exported }, named) => ({
    p_claim_ids: [claim.id, exported.claimId],
    ...(named === undefined ? {} : { p_organisation_id: named }),
  }),
  'confirm_import(uuid, text)': ({ produced }) => ({
    p_run_id: produced.runId,
    p_evidence: 'imported on 4 March',
  }),
  'export_file(uuid)': ({ produced }) => ({ p_run_id: produced.runId }),
  'flag_claims(uuid[], text)': ({ claim }) => ({
    p_claim_ids: [claim.id],
    p_reason: 'booked by hand?',
  }),
  'get_export_status(uuid, integer)': ({ exported }) => ({ p_run_id: exported.runId, p_limit: 5 }),
  'put_claims(jsonb)': ({ claim }, named) => ({
    p_claims: [named === undefined ? claim : { ...claim, organisation_id: named }],
  }),
  'reconcile_export(uuid)': ({ exported }) => ({ p_run_id: exported.runId }),
  'resolve_export(uuid, text, text, jsonb)': ({ review }) => ({
    p_run_id: review.runId,
    p_resolution: 'booked_by_hand',
    p_evidence: 'voucher 2026-1044',
    p_external_ids: { [review.claimId]: ['1044'] },
  }),
  'verify_audit_trail()': () => ({}),
  'void_export(uuid, uuid[], text)': ({ exported }) => ({
    p_run_id: exported.runId,
    p_claim_ids: [exported.claimId],
    p_evidence: 'voucher 2026-1044 reversed',
  }),
};

/** By view; one that isn't named gets an empty row, which nobody may insert. */
export const inserts: Readonly<Record<string, Request>> = {
  export_requests: ({ claim }, named) => ({
    claim_ids: [claim.id],
    ...(named === undefined ? {} : { organisation_id: named }),
  }),
};
