/** `$batch` envelopes: whole claims, each envelope one transaction (contract 2.5). */
import { z } from 'zod';
import { isWordless, wordsOf } from './classify.ts';
import type { Problem } from './classify.ts';
import type { Voucher, VoucherLine } from './mapper.ts';
import { readShape } from './read-answer.ts';
import type { JsonAnswer } from './read-answer.ts';
import { GL_ACCOUNT } from './records.ts';
import { retryAfterOf } from './retry-after-of.ts';

/** More operations than this are answered by 500 (contract 2.5). */
export const MAX_OPERATIONS = 100;

/** One operation of an envelope. */
export interface Operation {
  /** That GET may be one: public examples show it (contract 2.5). */
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Relative to the API's base. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/**
 * Packs vouchers, in order, into as few envelopes as hold whole ones.
 *
 * @throws RangeError for a voucher that no envelope holds; the guard refuses such a claim.
 */
export function packVouchers(vouchers: readonly Voucher[]): Voucher[][] {
  const envelopes: Voucher[][] = [];
  let size = 0;
  for (const voucher of vouchers) {
    const count = voucher.lines.length;
    if (count > MAX_OPERATIONS) {
      throw new RangeError(`${voucher.documentNumber}: ${String(count)} lines, too many to be one`);
    }
    const last = envelopes.at(-1);
    if (last === undefined || size + count > MAX_OPERATIONS) {
      envelopes.push([voucher]);
      size = count;
    } else {
      last.push(voucher);
      size += count;
    }
  }
  return envelopes;
}

/**
 * The operations that write vouchers into a journal, in their order.
 *
 * @param pathOf makes a path inside the company relative to the base
 */
export function linesEnvelope(
  pathOf: (inside: string) => string,
  journalId: string,
  vouchers: readonly Voucher[],
): {
  readonly operations: readonly Operation[];
  /** By an operation's number, from 1, as text: its claim. */
  readonly claimOf: ReadonlyMap<string, string>;
} {
  const claimOf = new Map<string, string>();
  const operations: Operation[] = [];
  const url = pathOf(`journals(${journalId})/journalLines`);
  for (const { claimId, lines } of vouchers) {
    for (const line of lines) {
      operations.push({ method: 'POST', url, body: wireLine(line) });
      claimOf.set(String(operations.length), claimId);
    }
  }
  return { operations, claimOf };
}

/** The operations' body; they are numbered from 1, as text. */
export function envelopeBody(operations: readonly Operation[]): string {
  const requests = operations.map(({ headers, ...operation }, index) => ({
    id: String(index + 1),
    ...operation,
    headers: {
      ...(operation.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
  }));
  return JSON.stringify({ requests });
}

/**
 * A line as it is sent, with every writable field: what is left out is copied from the line before
 * (contract 2.4). That an empty text clears a field instead is an assumption.
 */
export function wireLine(line: VoucherLine): Record<string, string | number> {
  return {
    lineNumber: line.lineNumber,
    accountType: GL_ACCOUNT,
    accountNumber: line.accountNumber,
    postingDate: line.postingDate,
    documentNumber: line.documentNumber,
    externalDocumentNumber: line.documentNumber,
    // Whole øre by 100 is the nearest double, which JSON writes with at most two decimals.
    amount: line.amountMinor / 100,
    description: line.description,
    comment: '',
    taxCode: line.taxCode,
    balanceAccountType: GL_ACCOUNT,
    balancingAccountNumber: '',
  };
}

const envelopeAnswer = z.object({
  responses: z.array(
    z.object({
      id: z.union([z.string(), z.number()]).transform(String),
      status: z.int(),
      headers: z.record(z.string(), z.unknown()).optional(),
      /** Left out where the status says it all. */
      body: z.unknown().optional(),
    }),
  ),
});

/** What one operation was answered. */
export interface SubAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/**
 * What keeps an operation of an answered envelope from success, where it carried no lines. Its
 * address is that of a journal or a line that was there, and the envelope's token was good a moment
 * ago; a refusal without words says nothing.
 */
export function operationProblem(answer: SubAnswer): Problem {
  const { status, body } = answer;
  const kind =
    status === 404
      ? 'journal_gone'
      : status === 401
        ? 'token_died'
        : isWordless(status, body)
          ? 'unreadable'
          : 'status';
  return { kind, status, ...wordsOf(answer), retryAfterMs: retryAfterOf(answer) };
}

/** @throws ProblemError for an answer of another shape */
export function readEnvelopeAnswer(answer: JsonAnswer): readonly SubAnswer[] {
  return readShape(envelopeAnswer, answer, '$batch').responses;
}
