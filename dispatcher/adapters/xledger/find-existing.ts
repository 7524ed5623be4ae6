/** Asks Xledger what it has of the open claims (Xledger contract 8.3). */
import type { AdapterContext, AnswerOutcome, AnswerResult, Batch } from '../adapter.ts';
import { clip, refusedQuestion } from './classify.ts';
import type { Problem } from './classify.ts';
import { compareVoucher } from './compare.ts';
import { externalIdOf } from './external-ids.ts';
import { findLines, sentSince } from './find-lines.ts';
import { targetOf } from './graphql.ts';
import type { LedgerLine } from './ledger-lines.ts';
import { liveLines, openClaims } from './open-claims.ts';
import type { OpenClaim } from './open-claims.ts';
import type { SchemaMemory } from './schema-memory.ts';

/**
 * Looks for the open claims by reference, waiting and booked, and compares each with what we would
 * send. Absent never collides: Xledger takes the same lines twice (R2; Xledger contract 3.3).
 *
 * @returns results in which each open claim is exactly once
 */
export async function findExisting(
  batch: Batch,
  context: AdapterContext,
  memory: SchemaMemory,
): Promise<readonly AnswerResult[]> {
  const claims = openClaims(batch);
  if (claims.length === 0) return [];
  const finding = await findLines(
    targetOf(batch, context, memory),
    claims.map((claim) => claim.reference),
    sentSince(batch),
  );
  if (finding.kind === 'problem') {
    return [unanswered(batch.openClaimIds, refusedQuestion(finding))];
  }

  const answers = claims.map((claim) => ({
    claim,
    ...answerOf(claim, liveLines(finding.byReference.get(claim.reference), batch, claim)),
  }));
  return (['found', 'absent', 'unclear'] as const).flatMap((outcome) => {
    const some = answers.filter((answer) => answer.outcome === outcome);
    if (some.length === 0) return [];
    const reasons = some.flatMap(({ claim, reason }) =>
      reason === null ? [] : [`${claim.reference}: ${reason}`],
    );
    return [
      result(
        outcome,
        some.map(({ claim }) => claim.claimId),
        finding.httpStatus,
        {
          errorMessage: reasons.length === 0 ? null : clip(reasons.join('; ')),
          externalIds: Object.fromEntries(
            some.filter(({ ids }) => ids.length > 0).map(({ claim, ids }) => [claim.claimId, ids]),
          ),
          needsPerson: outcome === 'unclear',
        },
      ),
    ];
  });
}

function answerOf(
  claim: OpenClaim,
  lines: readonly LedgerLine[],
): { outcome: AnswerOutcome; ids: readonly string[]; reason: string | null } {
  const ids = lines.map(externalIdOf);
  if (lines.length === 0) return { outcome: 'absent', ids, reason: null };
  if (claim.voucher === null) return { outcome: 'unclear', ids, reason: claim.reason };
  const comparison = compareVoucher(claim.voucher, lines);
  if (comparison.kind === 'differs') return { outcome: 'unclear', ids, reason: comparison.reason };
  return { outcome: 'found', ids, reason: null };
}

function unanswered(claimIds: readonly string[], problem: Problem): AnswerResult {
  return result('unclear', claimIds, problem.httpStatus, {
    errorMessage: problem.message,
    failure: problem.failure,
    retryAfterMs: problem.retryAfterMs,
  });
}

function result(
  outcome: AnswerOutcome,
  claimIds: readonly string[],
  httpStatus: number | null,
  more: Partial<AnswerResult>,
): AnswerResult {
  return {
    outcome,
    claimIds,
    httpStatus,
    errorMessage: null,
    externalIds: {},
    collides: false,
    needsPerson: false,
    retryAfterMs: null,
    failure: null,
    ...more,
  };
}
