/** Takes persons out of what is kept here: docs/data.md says out of what. All rules are the database's. */
import type { Client } from 'pg';

import { withOwnerDatabase } from './owner-database.ts';

/** What stands in the way of erasing some claims. */
export interface Hindrance {
  readonly hindrance: string;
  readonly claim_count: number;
  /** The first twenty. */
  readonly references: readonly string[];
  /** A sentence's part: how many, and why. */
  readonly words: string;
}

/** What one call of the database erased: a row of accounting.erasures. */
export interface Erasure {
  readonly id: string;
  readonly claim_count: number;
  readonly line_text_count: number;
  readonly input_count: number;
  readonly file_count: number;
}

export interface Erased {
  /** Null: nothing. */
  readonly erased: Erasure | null;
  readonly left: readonly Hindrance[];
}

export interface ErasureRequest {
  /** Its id, number, prefix or name. */
  readonly organisation: string;
  /** The case that this belongs to. */
  readonly reference: string;
  /** Who erases, for the record; null: the database login. */
  readonly by: string | null;
}

/**
 * Erases what may be erased of a person.
 *
 * @param isKept false: all is taken back, so that what is told is what would be done
 * @throws a database error with SQLSTATE AX014, AX017, or AX050 if nothing may be erased yet
 */
export async function erasePerson(
  databaseUrl: string,
  personId: string,
  { organisation, reference, by }: ErasureRequest,
  isKept: boolean,
): Promise<Erased> {
  return withOwnerDatabase(databaseUrl, 'erase', (client) =>
    transaction(client, isKept, async () => {
      const { rows } = await client.query<{ told: Erased }>(
        `select accounting.erase_person((accounting.named_organisation($1)).id, $2, $3, $4) as told`,
        [organisation, personId, reference, by],
      );
      return rows[0]?.told ?? { erased: null, left: [] };
    }),
  );
}

/**
 * Erases all persons of claims whose retention has ended, some hundred claims in a transaction.
 *
 * @param isKept false: each step is taken back; claims are still counted once
 * @param onStep told what each transaction did
 * @returns the sum, and what was passed over
 */
export async function eraseExpired(
  databaseUrl: string,
  { organisation, reference, by }: ErasureRequest,
  isKept: boolean,
  onStep: (step: Erased) => void = () => undefined,
): Promise<Erased> {
  return withOwnerDatabase(databaseUrl, 'erase', async (client) => {
    const steps: Erased[] = [];
    let after: unknown = null;
    do {
      const step = await transaction(client, isKept, async () => {
        const { rows } = await client.query<{ told: Erased & { readonly after: unknown } }>(
          `select accounting.erase_expired(
             (accounting.named_organisation($1)).id, $2, $3, $4
           ) as told`,
          [organisation, reference, by, after === null ? null : JSON.stringify(after)],
        );
        if (rows[0] === undefined) throw new Error('erase_expired gave no row');
        return rows[0].told;
      });
      after = step.after;
      steps.push(step);
      onStep(step);
    } while (after !== null);
    return sumOf(steps);
  });
}

async function transaction<T>(client: Client, isKept: boolean, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query(isKept ? 'commit' : 'rollback');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function sumOf(steps: readonly Erased[]): Erased {
  const erasures = steps.flatMap(({ erased }) => erased ?? []);
  const sum = (key: Exclude<keyof Erasure, 'id'>) =>
    erasures.reduce((total, erasure) => total + erasure[key], 0);
  const last = erasures.at(-1);
  return {
    erased:
      last === undefined
        ? null
        : {
            id: last.id,
            claim_count: sum('claim_count'),
            line_text_count: sum('line_text_count'),
            input_count: sum('input_count'),
            file_count: sum('file_count'),
          },
    left: steps.flatMap(({ left }) => left),
  };
}
