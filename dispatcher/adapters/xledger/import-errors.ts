/** Reads what Xledger found wrong with import items after it took them (Xledger contract 8.3). */
import { z } from 'zod';
import type { Problem } from './classify.ts';
import { exchange } from './graphql.ts';
import type { Target } from './graphql.ts';
import { notUnderstood } from './ledger-lines.ts';
import { idSchema } from './line-schema.ts';
import { misfitOf } from './misfit.ts';
import { importErrorsQuery } from './queries.ts';

export interface ImportError {
  /** Empty if it has none. */
  readonly message: string;
  /** The import item that it is about (A); null if it names none. */
  readonly itemDbId: string | null;
  /** As Xledger writes it, in Central European time; null if it has none. */
  readonly createdAt: string | null;
}

export type ErrorReading =
  { readonly kind: 'errors'; readonly errors: readonly ImportError[] } | Problem;

const nodeSchema = z.looseObject({
  dbId: idSchema,
  createdAt: z.string().nullable(),
  message: z.string().nullable(),
  transactionDbId: idSchema.nullable(),
});

const pageSchema = z
  .looseObject({
    pageInfo: z.looseObject({ hasPreviousPage: z.boolean() }),
    edges: z.array(z.looseObject({ cursor: idSchema.nullable(), node: nodeSchema })).nullable(),
  })
  .nullable();

/** Half of what Xledger takes in five seconds; more errors than these pages hold are for a person. */
const MOST_PAGES = 10;

/**
 * Reads the errors from the newest backwards, until one is older than what we ask about: they have no
 * filter that is known, and whether old ones ever go is not known either.
 *
 * @param since YYYY-MM-DD in Central European time, before which none of our items was sent
 */
export async function readImportErrors(target: Target, since: string): Promise<ErrorReading> {
  const query = importErrorsQuery(target.ownerSet);
  const byId = new Map<string, ImportError>();
  let before: string | null = null;
  for (let pages = 1; ; pages += 1) {
    const { reply } = await exchange(target, query, { b: before });
    if (reply.kind === 'problem') return reply;
    const page = pageSchema.safeParse(reply.data['glImportItemErrors']);
    if (!page.success)
      return notUnderstood(reply, misfitOf(page.error, 'data', 'glImportItemErrors'));
    const edges = page.data?.edges ?? [];
    for (const { node } of edges) {
      const { dbId, message, transactionDbId: itemDbId, createdAt } = node;
      byId.set(dbId, { message: message ?? '', itemDbId, createdAt });
    }
    // In the order of their cursors: the first is the oldest (A).
    const [oldest] = edges;
    const isOver = oldest === undefined || (oldest.node.createdAt ?? since) < since;
    if (isOver || page.data?.pageInfo.hasPreviousPage !== true) {
      return { kind: 'errors', errors: [...byId.values()] };
    }
    if (oldest.cursor === null || oldest.cursor === before || pages === MOST_PAGES) {
      return notUnderstood(reply, "data.glImportItemErrors: its pages don't end");
    }
    before = oldest.cursor;
  }
}
