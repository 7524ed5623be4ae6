/** Makes what is reported: nothing told but what is given. Pure. */
import type { AnswerResult, AttemptResult } from '../../../dispatcher/adapters/adapter.ts';

export function resultOf(
  envelopeNo: number,
  outcome: AttemptResult['outcome'],
  claimIds: readonly string[],
  more: Partial<AttemptResult>,
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

export function answerOf(
  outcome: AnswerResult['outcome'],
  claimIds: readonly string[],
  more: Partial<AnswerResult>,
): AnswerResult {
  return {
    outcome,
    claimIds,
    httpStatus: null,
    errorMessage: null,
    externalIds: {},
    collides: false,
    needsPerson: false,
    retryAfterMs: null,
    failure: null,
    ...more,
  };
}
