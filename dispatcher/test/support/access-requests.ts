/**
 * What the access matrix asks of each function, and inserts into each view that takes rows: valid, about
 * the ids of whoever it is given. A new function gets a line here; one that isn't named fails the matrix.
 */
import type { Holdings } from './access-world.ts';
import type { Version } from './declarations-of.ts';

type Body = Readonly<Record<string, unknown>>;

/** @param named the organisation's id, for a caller that has to name it */
type Request = (given: Holdings, named: string | undefined) => Body;

/** By name and types of arguments. Each is rolled back, so none is in another's way. */
export const functionCalls: Readonly<Record<string, Request>> = {
  'accept_declaration_version(uuid, integer, date, text)': ({ inForce }) => ({
    ...ofVersion(inForce),
    p_accepted_until: dayInDays(60),
    p_reason: 'nothing of it has changed',
  }),
  'acknowledge_declaration(uuid, integer, text, text, text)': ({ inForce }) => ({
    ...ofVersion(inForce),
    p_content_sha256: inForce.bodySha256,
  }),
  'cancel_export(uuid)': ({ queued }) => ({ p_run_id: queued.runId }),
  'check_export(uuid[], uuid)': ({ claim, exported }, named) => ({
    p_claim_ids: [claim.id, exported.claimId],
    ...(named === undefined ? {} : { p_organisation_id: named }),
  }),
  'confirm_import(uuid, text)': ({ produced }) => ({
    p_run_id: produced.runId,
    p_evidence: 'imported on 4 March',
  }),
  'current_declaration()': () => ({}),
  'declaration_record(text, date, date)': ({ driverId }) => ({
    p_driver_id: driverId,
    p_from: '2020-01-01',
    p_to: '2099-12-31',
  }),
  'declaration_rules()': () => ({}),
  'export_file(uuid)': ({ produced }) => ({ p_run_id: produced.runId }),
  'find_exports(text, integer, uuid)': ({ exported }, organisationId) => ({
    p_term: exported.claimId,
    p_limit: 5,
    ...(organisationId === undefined ? {} : { p_organisation_id: organisationId }),
  }),
  'flag_claims(uuid[], text)': ({ claim }) => ({
    p_claim_ids: [claim.id],
    p_reason: 'booked by hand?',
  }),
  'get_export_status(uuid, integer)': ({ exported }) => ({ p_run_id: exported.runId, p_limit: 5 }),
  'missing_declarations(integer)': () => ({ p_limit: 5 }),
  'preview_declaration(uuid, integer)': ({ draft }) => ofVersion(draft),
  'publish_declaration_template(uuid, integer, date)': ({ signedOff }) => ({
    ...ofVersion(signedOff),
    p_valid_from: dayInDays(30),
  }),
  'put_claims(jsonb)': ({ claim }, named) => ({
    p_claims: [named === undefined ? claim : { ...claim, organisation_id: named }],
  }),
  'put_declaration_template(text, text, text)': () => ({
    p_language: 'nb',
    p_body: 'I tell nobody.',
    p_way_of_acknowledging: 'tick_box',
  }),
  'reconcile_export(uuid)': ({ exported }) => ({ p_run_id: exported.runId }),
  'resolve_export(uuid, text, text, jsonb)': ({ review }) => ({
    p_run_id: review.runId,
    p_resolution: 'booked_by_hand',
    p_evidence: 'voucher 2026-1044',
    p_external_ids: { [review.claimId]: ['1044'] },
  }),
  'resume_integration(text, text)': () => ({
    p_system: 'xledger',
    p_evidence: 'the token was renewed',
  }),
  'set_declaration_rules(text, boolean, text, integer, text)': () => ({
    p_validity: 'yearly',
    p_needs_another_signer: true,
    p_language: 'nb',
    p_retention_months: 60,
    p_reason: 'board 12/2026',
  }),
  'set_feature_flag(text, boolean, text)': () => ({
    p_name: 'driver_honorarium',
    p_is_enabled: false,
    p_reason: 'not before the summer',
  }),
  'sign_off_declaration_template(uuid, integer, text, text, text)': ({ draft }) => ({
    ...ofVersion(draft),
    p_body_sha256: draft.bodySha256,
    p_way_of_acknowledging: 'tick_box',
    p_reference: 'board 12/2026',
  }),
  'verify_audit_trail()': () => ({}),
  'void_export(uuid, uuid[], text)': ({ exported }) => ({
    p_run_id: exported.runId,
    p_claim_ids: [exported.claimId],
    p_evidence: 'voucher 2026-1044 reversed',
  }),
  'withdraw_acknowledgement()': () => ({}),
};

function ofVersion({ templateId, version }: Version): Body {
  return { p_template_id: templateId, p_version: version };
}

function dayInDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** By view; one that isn't named gets an empty row, which nobody may insert. */
export const inserts: Readonly<Record<string, Request>> = {
  export_requests: ({ claim }, named) => ({
    claim_ids: [claim.id],
    ...(named === undefined ? {} : { organisation_id: named }),
  }),
};
