/** What a ledger's schema lets us ask, as it was found out. */
import { performance } from 'node:perf_hooks';
import type { Connection, Filter, Selection } from './queries.ts';

/** How lines are asked for, and what is read of them. */
export interface Asking {
  readonly filter: Filter;
  readonly selection: Selection;
}

/** All that we would like: the form to begin with. */
export const FULL_ASKING: Asking = {
  filter: 'reference',
  selection: { codes: true, voucherNumber: true },
};

/** After this the full form is tried again: the schema may have learned it. */
const MEMORY_MS = 24 * 60 * 60 * 1000;

/**
 * Remembers, for this process, which form of a question a ledger took when it refused the full one, so
 * that the refusal isn't paid for with each question: every request counts (Xledger contract 3.1).
 */
export class SchemaMemory {
  readonly #known = new Map<string, { readonly asking: Asking; readonly learnedAt: number }>();
  readonly #now: () => number;

  /** @param now milliseconds on a clock that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Null: nothing is known, or it was learned too long ago. */
  recall(endpoint: string, connection: Connection): Asking | null {
    const known = this.#known.get(keyOf(endpoint, connection));
    if (known === undefined || this.#now() - known.learnedAt >= MEMORY_MS) return null;
    return known.asking;
  }

  learn(endpoint: string, connection: Connection, asking: Asking): void {
    this.#known.set(keyOf(endpoint, connection), { asking, learnedAt: this.#now() });
  }

  forget(endpoint: string, connection: Connection): void {
    this.#known.delete(keyOf(endpoint, connection));
  }
}

function keyOf(endpoint: string, connection: Connection): string {
  return `${connection} ${endpoint}`;
}
