/** Makes what an attempt reports. Pure. */
import type { AttemptOutcome, AttemptResult } from '../adapter.ts';
import type { Problem } from './classify.ts';

/** A result with nothing told but what is given. */
export function attemptResult(
  envelopeNo: number,
  outcome: AttemptOutcome,
  claimIds: readonly string[],
  more: Partial<AttemptResult> = {},
): AttemptResult {
  return {
    envelopeNo,
    outcome,
    claimIds,
    httpStatus: null,
    errorMessage: null,
    externalIds: {},
    wireSha256: null,
    failure: null,
    retryAfterMs: null,
    ...more,
  };
}

/** What a problem means for claims whose request it met. */
export function problemResult(
  envelopeNo: number,
  claimIds: readonly string[],
  problem: Problem,
  wireSha256: string | null = null,
): AttemptResult {
  return attemptResult(envelopeNo, problem.outcome, claimIds, {
    httpStatus: problem.httpStatus,
    errorMessage: problem.message,
    failure: problem.failure,
    retryAfterMs: problem.retryAfterMs,
    wireSha256,
  });
}

/** Claims that were not sent, or sent in vain, because of others. None: no result. */
export function undone(
  envelopeNo: number,
  claimIds: readonly string[],
  errorMessage: string,
): readonly AttemptResult[] {
  if (claimIds.length === 0) return [];
  return [attemptResult(envelopeNo, 'not_applied', claimIds, { errorMessage, failure: 'undone' })];
}
