/** What the API answers, row by row: docs/api.md. */

export const runStates = [
  'queued',
  'sending',
  'retry_wait',
  'in_doubt',
  'reconciling',
  'needs_review',
  'produced',
  'exported',
  'partially_exported',
  'rejected',
  'failed',
  'skipped',
  'cancelled',
] as const;
export type RunState = (typeof runStates)[number];

export type Verdict =
  | 'exportable'
  | 'already_exported'
  | 'in_flight'
  | 'not_approved'
  | 'flagged'
  | 'unmapped'
  | 'unsupported_currency'
  | 'too_large'
  | 'declaration_missing'
  | 'feature_disabled'
  | 'unknown';

export type ClaimOutcome =
  | 'accepted'
  | 'rejected'
  | 'not_applied'
  | 'unknown'
  | 'found'
  | 'absent'
  | 'booked_by_hand'
  | 'proved_absent'
  | 'voided'
  | 'cancelled';

export type TrailKind = 'attempt' | 'reconciliation' | 'decision';
export type TrailOutcome = ClaimOutcome | 'unclear' | 'import_confirmed';

export type AttentionKind =
  | 'queued_long'
  | 'in_doubt_long'
  | 'needs_review'
  | 'produced'
  | 'paused'
  | 'unreachable'
  | 'flagged'
  | 'booked_late'
  | 'faulted';

export interface Run {
  readonly run_id: string;
  readonly system: string;
  readonly integration_status: RunState;
  readonly total_claims: number;
  readonly success_count: number;
  readonly failure_count: number;
  readonly skipped_count: number;
  readonly attempts: number;
  readonly requested_by: string | null;
  readonly requested_at: string;
  readonly exported_at: string | null;
  readonly next_attempt_at: string | null;
  readonly last_http_status: number | null;
  readonly last_error: string | null;
}

export interface Claim {
  readonly run_id: string;
  readonly claim_id: string;
  readonly reference: string | null;
  readonly verdict: Verdict;
  readonly outcome: ClaimOutcome | null;
  readonly external_id: string | null;
  readonly error: string | null;
  readonly exported_at: string | null;
  readonly booked_at: string | null;
  readonly fault: string | null;
  /** PostgREST gives `numeric` as a JSON number; a string is as good. */
  readonly amount?: number | string | null;
  readonly currency?: string | null;
}

export interface TrailRow {
  readonly seq: number;
  readonly run_id: string;
  readonly kind: TrailKind;
  readonly outcome: TrailOutcome;
  readonly is_late: boolean;
  readonly attempt_no: number | null;
  readonly claim_ids: readonly string[];
  readonly http_status: number | null;
  readonly error_message: string | null;
  readonly external_ids: unknown;
  readonly actor: string | null;
  readonly started_at: string | null;
  readonly recorded_at: string;
}

export interface Attention {
  readonly kind: AttentionKind;
  readonly run_id: string | null;
  readonly claim_id: string | null;
  readonly since: string | null;
  readonly reason: string | null;
  readonly action: string | null;
}

export interface CheckedClaim {
  readonly claim_id: string;
  readonly reference: string | null;
  readonly verdict: Verdict;
  readonly detail: string | null;
  readonly run_id: string | null;
}

export interface FoundExport {
  readonly run_id: string;
  /** Null: the term is the run's own id. */
  readonly claim_id: string | null;
  readonly reference: string | null;
  readonly external_id: string | null;
  readonly matched_by: 'external_id' | 'reference' | 'claim_id' | 'run_id';
  readonly integration_status: RunState;
  readonly requested_at: string;
}
