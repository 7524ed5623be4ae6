/** Dimensions are set after the lines, by line id: read, write what is missing, read again. */
import type { Api } from './api.ts';
import { verdictOf } from './classify.ts';
import type { Problem } from './classify.ts';
import { dimensionGaps } from './compare.ts';
import type { DimensionGap } from './compare.ts';
import { envelopeBody, MAX_OPERATIONS, operationProblem, readEnvelopeAnswer } from './envelope.ts';
import type { Operation } from './envelope.ts';
import type { Voucher } from './mapper.ts';
import { ProblemError } from './problem-error.ts';
import { unreadable } from './read-answer.ts';
import { readLines } from './records.ts';
import type { JournalLine } from './records.ts';

/** Vouchers that lack dimensions still, and why; null if no write failed. */
export interface Incomplete {
  readonly vouchers: readonly Voucher[];
  readonly problem: Problem | null;
}

/** Which vouchers have all their dimensions; the others by what kept them from it. */
export interface DimensionsResult {
  readonly complete: readonly Voucher[];
  readonly incomplete: readonly Incomplete[];
}

interface VoucherGap extends DimensionGap {
  readonly voucher: Voucher;
}

/**
 * Sets the dimensions that lines lack, and reads the lines again. Each write stands alone and may
 * be repeated: it follows a read, and a dimension is on a line once or not at all. A voucher whose
 * dimension is refused keeps no other from its own. Never throws for what the network or the remote
 * does.
 *
 * @param vouchers whose lines are all in the journal
 * @param lines as read from it
 */
export async function fillDimensions(
  api: Api,
  journalId: string,
  vouchers: readonly Voucher[],
  lines: readonly JournalLine[],
): Promise<DimensionsResult> {
  const gaps = vouchers.flatMap((voucher) =>
    dimensionGaps(voucher, lines).map((gap) => ({ ...gap, voucher })),
  );
  if (gaps.length === 0) return { complete: vouchers, incomplete: [] };
  const refusals = new Map<Voucher, Problem>();
  const split = (now: readonly JournalLine[], problem: Problem | null): DimensionsResult => {
    const isComplete = (voucher: Voucher) => dimensionGaps(voucher, now).length === 0;
    const incomplete = vouchers.filter((voucher) => !isComplete(voucher));
    const others = incomplete.filter((voucher) => !refusals.has(voucher));
    return {
      complete: vouchers.filter(isComplete),
      incomplete: [
        ...incomplete.flatMap((voucher) => {
          const refusal = refusals.get(voucher);
          return refusal === undefined ? [] : [{ vouchers: [voucher], problem: refusal }];
        }),
        ...(others.length === 0 ? [] : [{ vouchers: others, problem }]),
      ],
    };
  };
  try {
    let left: readonly VoucherGap[] = gaps;
    while (left.length > 0) {
      const some = left.slice(0, MAX_OPERATIONS);
      const refused = await write(api, journalId, some);
      const done = refused === null ? some.length : refused.index + 1;
      if (refused !== null) refusals.set(refused.voucher, refused.problem);
      left = left.slice(done).filter((gap) => gap.voucher !== refused?.voucher);
    }
    const documents = vouchers.map((voucher) => voucher.documentNumber);
    const read = await readLines(api, journalId, documents);
    const again = new Map(read.map((line) => [line.id, line]));
    const now = (line: JournalLine) => (again.get(line.id) ?? line).dimensionSetLines;
    return split(
      // Only their dimensions: the lines' numbers may be those that they were matched with.
      lines.map((line) => ({ ...line, dimensionSetLines: now(line) })),
      null,
    );
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return split(lines, error.problem);
  }
}

/**
 * Writes them until one is refused for its own sake, which ends the envelope (contract 7.5).
 *
 * @returns the one refused, or null
 * @throws ProblemError for any other that failed
 */
async function write(
  api: Api,
  journalId: string,
  gaps: readonly VoucherGap[],
): Promise<{ index: number; voucher: Voucher; problem: Problem } | null> {
  const operations = gaps.map((gap) =>
    dimensionOperation((inside) => api.path(inside), journalId, gap),
  );
  const { status, body } = await api.batch(envelopeBody(operations), false);
  const answers = readEnvelopeAnswer(body);
  if (answers === null) throw unreadable(status, 'dimensions: the answer has another shape');
  const answer = answers.find((one) => one.status >= 400);
  if (answer === undefined) return null;
  const problem = operationProblem(answer);
  const index = Number(answer.id) - 1;
  const gap = gaps[index];
  if (gap === undefined || verdictOf(problem).outcome !== 'rejected') {
    throw new ProblemError(problem);
  }
  return { index, voucher: gap.voucher, problem };
}

/** What sets one dimension, or changes it. */
export function dimensionOperation(
  pathOf: (inside: string) => string,
  journalId: string,
  gap: DimensionGap,
): Operation {
  const set = pathOf(`journals(${journalId})/journalLines(${gap.lineId})/dimensionSetLines`);
  if (gap.wrongId === null) {
    return { method: 'POST', url: set, body: { code: gap.code, valueCode: gap.valueCode } };
  }
  return {
    method: 'PATCH',
    url: `${set}(${gap.wrongId})`,
    headers: { 'If-Match': '*' },
    body: { valueCode: gap.valueCode },
  };
}
