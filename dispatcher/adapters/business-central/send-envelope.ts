/** One envelope: send, read the lines back, set dimensions, read those back. */
import { sha256Hex } from '../../http.ts';
import type { AttemptResult } from '../adapter.ts';
import type { Api, EnvelopeAnswer } from './api.ts';
import { judgeEnvelope, verdictOf } from './classify.ts';
import type { Problem } from './classify.ts';
import { compareLines, linesOf } from './compare.ts';
import { fillDimensions } from './dimensions.ts';
import { envelopeBody, linesEnvelope } from './envelope.ts';
import type { Voucher } from './mapper.ts';
import { claimIdsOf } from './plan.ts';
import { ProblemError } from './problem-error.ts';
import { unreadable } from './read-answer.ts';
import { readLines } from './records.ts';
import type { JournalLine } from './records.ts';

/**
 * Sends whole vouchers in one transaction.
 *
 * @returns what is known of every claim in it; `accepted` only for what was read back, since an
 *   operation that was undone may still answer 201 (contract 2.5)
 */
export async function sendEnvelope(
  api: Api,
  journalId: string,
  envelopeNo: number,
  vouchers: readonly Voucher[],
): Promise<AttemptResult[]> {
  const { operations, claimOf } = linesEnvelope((inside) => api.path(inside), journalId, vouchers);
  const body = envelopeBody(operations);
  const sent: Sent = { envelopeNo, journalId, wireSha256: sha256Hex(body) };

  let answer: EnvelopeAnswer;
  try {
    answer = await api.batch(body, true);
  } catch (error) {
    return [refused(sent, claimIdsOf(vouchers), problemOf(error))];
  }
  const judged = judgeEnvelope(answer.answers, operations.length, (id) => claimOf.get(id));
  switch (judged.kind) {
    case 'written':
      return readBack(api, sent, vouchers);
    case 'all':
      return [
        {
          ...resultOf(sent, claimIdsOf(vouchers)),
          ...judged.verdict,
          httpStatus: judged.error.status,
          errorMessage: judged.error.message,
          retryAfterMs: judged.retryAfterMs,
        },
      ];
    case 'rejected': {
      const rejected = [...judged.claims].map(([claimId, error]): AttemptResult => ({
        ...resultOf(sent, [claimId]),
        outcome: 'rejected',
        httpStatus: error.status,
        errorMessage: error.message,
      }));
      const undone = claimIdsOf(vouchers).filter((claimId) => !judged.claims.has(claimId));
      if (undone.length === 0) return rejected;
      const notApplied: AttemptResult = {
        ...resultOf(sent, undone),
        outcome: 'not_applied',
        httpStatus: answer.status,
        errorMessage: 'undone, for another claim of the same envelope was refused',
        failure: 'undone',
      };
      return [...rejected, notApplied];
    }
  }
}

interface Sent {
  readonly envelopeNo: number;
  readonly journalId: string;
  readonly wireSha256: string;
}

function resultOf(sent: Sent, claimIds: readonly string[]): Omit<AttemptResult, 'outcome'> {
  return {
    envelopeNo: sent.envelopeNo,
    claimIds,
    httpStatus: null,
    errorMessage: null,
    externalIds: { run: [`journal:${sent.journalId}`] },
    wireSha256: sent.wireSha256,
    failure: null,
    retryAfterMs: null,
  };
}

/** The envelope as a whole was answered by a problem, or not at all. */
function refused(sent: Sent, claimIds: readonly string[], problem: Problem): AttemptResult {
  const neverWritten = ['unreachable', 'lease_lost', 'sign_in_refused'].includes(problem.kind);
  return {
    ...resultOf(sent, claimIds),
    ...verdictOf(problem),
    httpStatus: problem.status,
    errorMessage: problem.message,
    wireSha256: neverWritten ? null : sent.wireSha256,
    retryAfterMs: problem.retryAfterMs,
  };
}

/** From here on lines may be there: whatever fails leaves the outcome unknown. */
async function readBack(
  api: Api,
  sent: Sent,
  vouchers: readonly Voucher[],
): Promise<AttemptResult[]> {
  const { journalId } = sent;
  const documents = vouchers.map((voucher) => voucher.documentNumber);
  let lines: JournalLine[];
  try {
    lines = await readLines(api, journalId, documents);
  } catch (error) {
    return [unknown(sent, vouchers, [], problemOf(error))];
  }
  const isThere = (voucher: Voucher) =>
    compareLines(voucher, linesOf(voucher, lines)).kind === 'equal';
  const there = vouchers.filter(isThere);
  const missing = vouchers.filter((voucher) => !isThere(voucher));
  const dimensions = await fillDimensions(api, journalId, there, lines);

  const results: AttemptResult[] = [];
  if (dimensions.complete.length > 0) {
    const accepted = resultOf(sent, claimIdsOf(dimensions.complete));
    results.push({
      ...accepted,
      outcome: 'accepted',
      httpStatus: 200,
      externalIds: { ...accepted.externalIds, ...lineIds(dimensions.complete, lines) },
    });
  }
  if (missing.length > 0) {
    const { problem } = unreadable(200, 'read back, the lines are not what was sent');
    results.push(unknown(sent, missing, lines, problem));
  }
  for (const { vouchers: lacking, problem } of dimensions.incomplete) {
    const cause = problem ?? unreadable(200, 'read back, dimensions are missing').problem;
    results.push(unknown(sent, lacking, lines, cause));
  }
  return results;
}

function unknown(
  sent: Sent,
  vouchers: readonly Voucher[],
  lines: readonly JournalLine[],
  problem: Problem,
): AttemptResult {
  const result = resultOf(sent, claimIdsOf(vouchers));
  return {
    ...result,
    outcome: 'unknown',
    httpStatus: problem.status,
    errorMessage: problem.message,
    externalIds: { ...result.externalIds, ...lineIds(vouchers, lines) },
    retryAfterMs: problem.retryAfterMs,
  };
}

/** Ids as read back; those that the envelope answered may be invented (contract 2.5). */
function lineIds(
  vouchers: readonly Voucher[],
  lines: readonly JournalLine[],
): Record<string, string[]> {
  const entries = vouchers.map((voucher): [string, string[]] => [
    voucher.claimId,
    linesOf(voucher, lines).map((line) => line.id),
  ]);
  return Object.fromEntries(entries.filter(([, ids]) => ids.length > 0));
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  throw error;
}
