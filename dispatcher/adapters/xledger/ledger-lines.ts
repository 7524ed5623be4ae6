/** Reads what Xledger has under our references: import items and booked entries. */
import type { Problem, Refusal, Reply } from './classify.ts';
import { exchange } from './graphql.ts';
import type { Target } from './graphql.ts';
import { codeOf, pageSchemaOf } from './line-schema.ts';
import type { LineNode } from './line-schema.ts';
import { misfitOf } from './misfit.ts';
import { linesQuery, REFERENCE_FIELDS } from './queries.ts';
import type { Connection, Filter, ObjectStatus, Selection } from './queries.ts';
import { FULL_ASKING } from './schema-memory.ts';
import type { Asking } from './schema-memory.ts';

/** A line as the ledger has it. */
export interface LedgerLine {
  /** Which list it was read from: the two may number their rows independently (A). */
  readonly connection: Connection;
  readonly dbId: string;
  readonly reference: string;
  /** `trRegNumber`: lines of one number form one voucher. Null if it has none or it isn't readable. */
  readonly voucherNumber: string | null;
  /** Whether the same list shows a line of another reference under the same number. */
  readonly sharesVoucher: boolean;
  /** As the ledger writes it; null if it has none. */
  readonly amount: string | null;
  readonly invoiceAmount: string | null;
  /** By field: the code, null for none; a field that couldn't be read is absent. */
  readonly codes: Readonly<Record<string, string | null>>;
}

/** The lines of one list, or why it couldn't be read. */
export type Reading =
  | { readonly kind: 'lines'; readonly lines: readonly LedgerLine[]; readonly httpStatus: number }
  | Problem;

/** References in one query: all of a run's (that so many are taken is A). */
const CHUNK_SIZE = 500;

/** What is asked for. */
export interface LinesQuestion {
  readonly connection: Connection;
  readonly status: ObjectStatus;
  /** What `extIdentifier` must be, exactly. */
  readonly references: readonly string[];
  /** YYYY-MM-DD, before anything of these references can have been sent. */
  readonly since: string;
}

/**
 * Reads all lines of some references from one list.
 *
 * Asked first by reference; where that filter is refused, by time, and matched here. Account,
 * dimensions and voucher number are read where the ledger lets us. Which other references share a
 * voucher is told as far as the answer shows them: those asked for, or, by time, all.
 */
export async function readLines(target: Target, question: LinesQuestion): Promise<Reading> {
  const { memory, endpoint } = target;
  const { connection } = question;
  const known = memory.recall(endpoint, connection);
  if (known !== null) {
    const reading = await readWith(target, question, known);
    if (reading.kind === 'lines' || reading.outcome !== 'rejected') return reading;
    memory.forget(endpoint, connection);
  }
  let asking: Asking = FULL_ASKING;
  let isSchema = true;
  for (;;) {
    const reading = await readWith(target, question, asking);
    if (reading.kind === 'lines') {
      if (asking !== FULL_ASKING && isSchema) memory.learn(endpoint, connection, asking);
      return reading;
    }
    const less: Asking | null =
      reading.outcome === 'rejected' ? lesserAsking(asking, reading) : null;
    if (less === null) return reading;
    // What was refused for a value says nothing of the next question.
    isSchema &&= reading.refusals.some(isAboutSchema);
    asking = less;
  }
}

/** The next form to try after a refusal; null if there is none. */
function lesserAsking({ filter, selection }: Asking, problem: Problem): Asking | null {
  const left: Selection = {
    codes: selection.codes && !refusesField(problem, REFERENCE_FIELDS),
    voucherNumber: selection.voucherNumber && !refusesField(problem, ['trRegNumber']),
  };
  const isLess = left.codes !== selection.codes || left.voucherNumber !== selection.voucherNumber;
  if (isLess) return { filter, selection: left };
  return filter === 'reference' ? { filter: 'since', selection } : null;
}

/** Xledger contract 3.2: a bad query, and not a bad value. */
function isAboutSchema({ message, code }: Refusal): boolean {
  return code === 'ARGUMENTS_OF_CORRECT_TYPE' || message.startsWith('Cannot query field');
}

/** "Cannot query field `account` on type `GLImportItem`". */
function refusesField(problem: Problem, fields: readonly string[]): boolean {
  return problem.refusals.some(({ message }) =>
    fields.some((field) => message.startsWith(`Cannot query field \`${field}\``)),
  );
}

async function readWith(
  target: Target,
  { connection, status, references, since }: LinesQuestion,
  { filter, selection }: Asking,
): Promise<Reading> {
  const wanted = new Set(references);
  const byId = new Map<string, LineNode>();
  // By number: the one reference that it holds, or null for several. Read by time it may be long.
  const vouchers = new Map<string, string | null>();
  const query = linesQuery(connection, status, filter, selection, target.ownerSet);
  const pageSchema = pageSchemaOf(selection);
  let httpStatus = 200;
  for (const variables of questions(filter, references, since)) {
    let after: string | null = null;
    do {
      const { reply } = await exchange(target, query, { ...variables, a: after });
      if (reply.kind === 'problem') return reply;
      const page = pageSchema.safeParse(reply.data[connection]);
      if (!page.success) return notUnderstood(reply, misfitOf(page.error, 'data', connection));
      httpStatus = reply.httpStatus;
      for (const { node } of page.data?.edges ?? []) {
        const { extIdentifier, trRegNumber } = node;
        // Without a reference a line may be the ledger's own, such as tax (A): no other claim.
        if (extIdentifier === null) continue;
        if (trRegNumber !== null) {
          const isNew = !vouchers.has(trRegNumber);
          const isOnly = isNew || vouchers.get(trRegNumber) === extIdentifier;
          vouchers.set(trRegNumber, isOnly ? extIdentifier : null);
        }
        // A row that moves between pages while we read is seen twice.
        if (wanted.has(extIdentifier)) byId.set(node.dbId, node);
      }
      const cursor: string | null = page.data?.edges?.at(-1)?.cursor ?? null;
      const hasNextPage = page.data?.pageInfo.hasNextPage ?? false;
      // Pages that don't go on would be asked for until the attempt's time is up.
      if (hasNextPage && (cursor === null || cursor === after)) {
        return notUnderstood(reply, `data.${connection}: its pages don't go on`);
      }
      after = hasNextPage ? cursor : null;
    } while (after !== null);
  }
  const lines = [...byId.values()].map((node) => {
    return lineOf(connection, node, vouchers.get(node.trRegNumber ?? '') === null);
  });
  return { kind: 'lines', lines, httpStatus };
}

function questions(
  filter: Filter,
  references: readonly string[],
  since: string,
): readonly Readonly<Record<string, unknown>>[] {
  if (filter === 'since') return [{ since }];
  const chunks = [];
  for (let start = 0; start < references.length; start += CHUNK_SIZE) {
    chunks.push({ x: references.slice(start, start + CHUNK_SIZE) });
  }
  return chunks;
}

function lineOf(connection: Connection, node: LineNode, sharesVoucher: boolean): LedgerLine {
  const codes: Record<string, string | null> = {};
  for (const field of REFERENCE_FIELDS) {
    const code = codeOf(node, field);
    if (code !== undefined) codes[field] = code;
  }
  return {
    connection,
    dbId: node.dbId,
    reference: node.extIdentifier ?? '',
    voucherNumber: node.trRegNumber,
    sharesVoucher,
    amount: node.amount,
    invoiceAmount: node.invoiceAmount,
    codes,
  };
}

/** An answer of another shape than we understand. */
export function notUnderstood(reply: Exclude<Reply, Problem>, misfit: string): Problem {
  return {
    kind: 'problem',
    outcome: 'unknown',
    failure: null,
    retryAfterMs: null,
    httpStatus: reply.httpStatus,
    message: `not understood: ${misfit}`,
    isUnauthorised: false,
    refusals: [],
  };
}
