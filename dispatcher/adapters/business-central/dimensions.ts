/** Dimensions are set after the lines, by line id: read, write what is missing, read again. */
import type { Api } from './api.ts';
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

/** Which vouchers have all their dimensions; `problem` is why others lack some, if a write failed. */
export interface DimensionsResult {
  readonly complete: readonly Voucher[];
  readonly incomplete: readonly Voucher[];
  readonly problem: Problem | null;
}

/**
 * Sets the dimensions that lines lack, and reads the lines again. Each write stands alone and may
 * be repeated: it follows a read, and a dimension is on a line once or not at all. Never throws for
 * what the network or the remote does.
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
  const gaps = vouchers.flatMap((voucher) => dimensionGaps(voucher, lines));
  const needy = vouchers.filter((voucher) => dimensionGaps(voucher, lines).length > 0);
  if (needy.length === 0) return { complete: vouchers, incomplete: [], problem: null };
  const split = (now: readonly JournalLine[], problem: Problem | null): DimensionsResult => {
    const isComplete = (voucher: Voucher) => dimensionGaps(voucher, now).length === 0;
    return {
      complete: vouchers.filter(isComplete),
      incomplete: vouchers.filter((voucher) => !isComplete(voucher)),
      problem,
    };
  };
  try {
    for (let i = 0; i < gaps.length; i += MAX_OPERATIONS) {
      const some = gaps.slice(i, i + MAX_OPERATIONS);
      const operations = some.map((gap) => operation(api, journalId, gap));
      await write(api, operations);
    }
    const documents = needy.map((voucher) => voucher.documentNumber);
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

async function write(api: Api, operations: readonly Operation[]): Promise<void> {
  const { status, body } = await api.batch(envelopeBody(operations), false);
  const answers = readEnvelopeAnswer(body);
  if (answers === null) throw unreadable(status, 'dimensions: the answer has another shape');
  const refused = answers.find((answer) => answer.status >= 400);
  if (refused === undefined) return;
  throw new ProblemError(operationProblem(refused));
}

function operation(api: Api, journalId: string, gap: DimensionGap): Operation {
  const set = api.path(`journals(${journalId})/journalLines(${gap.lineId})/dimensionSetLines`);
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
