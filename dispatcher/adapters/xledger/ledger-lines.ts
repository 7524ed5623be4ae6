/** Reads what Xledger has under our references: import items and booked entries. */
import { z } from 'zod';
import type { Problem, Reply } from './classify.ts';
import { exchange } from './graphql.ts';
import type { Target } from './graphql.ts';
import { linesQuery, REFERENCE_FIELDS } from './queries.ts';
import type { Connection, Filter, ObjectStatus, Selection } from './queries.ts';

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

/** References in one query. */
const CHUNK_SIZE = 200;

const idSchema = z.union([z.string(), z.number()]).transform(String);
const valueSchema = idSchema.nullish().transform((value) => value ?? null);
const referenceSchema = z.looseObject({ code: valueSchema }).nullish();
const nodeSchema = z.looseObject({
  dbId: idSchema,
  extIdentifier: valueSchema,
  amount: valueSchema,
  invoiceAmount: valueSchema,
  trRegNumber: valueSchema,
});
type Node = z.output<typeof nodeSchema>;

const pageSchema = z
  .looseObject({
    pageInfo: z.looseObject({ hasNextPage: z.boolean() }),
    // Null where nothing is found; so may the connection be (Xledger contract 8.3).
    edges: z.array(z.looseObject({ cursor: idSchema.nullish(), node: nodeSchema })).nullable(),
  })
  .nullable();

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
  let filter: Filter = 'reference';
  let selection: Selection = { codes: true, voucherNumber: true };
  for (;;) {
    const reading = await readWith(target, question, filter, selection);
    if (reading.kind === 'lines' || reading.outcome !== 'rejected') return reading;
    const left: Selection = {
      codes: selection.codes && !refusesField(reading, REFERENCE_FIELDS),
      voucherNumber: selection.voucherNumber && !refusesField(reading, ['trRegNumber']),
    };
    const isLess = left.codes !== selection.codes || left.voucherNumber !== selection.voucherNumber;
    if (isLess) selection = left;
    else if (filter === 'reference') filter = 'since';
    else return reading;
  }
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
  filter: Filter,
  selection: Selection,
): Promise<Reading> {
  const wanted = new Set(references);
  const byId = new Map<string, Node>();
  // By number: the one reference that it holds, or null for several. Read by time it may be long.
  const vouchers = new Map<string, string | null>();
  const query = linesQuery(connection, status, filter, selection);
  let httpStatus = 200;
  for (const variables of questions(filter, references, since)) {
    let after: string | null = null;
    do {
      const { reply } = await exchange(target, query, { ...variables, a: after });
      if (reply.kind === 'problem') return reply;
      const page = pageSchema.safeParse(reply.data[connection]);
      if (!page.success) return notUnderstood(reply, connection);
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
        return notUnderstood(reply, connection);
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

function lineOf(connection: Connection, node: Node, sharesVoucher: boolean): LedgerLine {
  const codes: Record<string, string | null> = {};
  for (const field of REFERENCE_FIELDS) {
    const reference = referenceSchema.safeParse(node[field]);
    if (field in node && reference.success) codes[field] = reference.data?.code ?? null;
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

function notUnderstood(reply: Exclude<Reply, Problem>, connection: Connection): Problem {
  return {
    kind: 'problem',
    outcome: 'unknown',
    failure: null,
    retryAfterMs: null,
    httpStatus: reply.httpStatus,
    message: `not understood: the answer's ${connection}`,
    isUnauthorised: false,
    refusals: [],
  };
}
