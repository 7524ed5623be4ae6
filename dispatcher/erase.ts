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

/** How much was erased. */
export interface Erasure {
  readonly claim_count: number;
  readonly line_text_count: number;
  readonly input_count: number;
  readonly file_count: number;
  readonly declaration_act_count: number;
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
  request: ErasureRequest,
  isKept: boolean,
  onStep: (step: Erased) => void = () => undefined,
): Promise<Erased> {
  return withOwnerDatabase(databaseUrl, 'erase', async (client) => {
    const steps: Erased[] = [];
    let after: string | null = null;
    do {
      const told = await transaction(client, isKept, () =>
        ask<Erased & { readonly after: unknown }>(client, 'erase_expired', request, after),
      );
      after = told.after === null ? null : JSON.stringify(told.after);
      steps.push(told);
      onStep(told);
    } while (after !== null);
    do {
      const told = await transaction(client, isKept, () =>
        ask<{ readonly act_count: number; readonly after: string | null }>(
          client,
          'erase_expired_declarations',
          request,
          after,
        ),
      );
      after = told.after;
      steps.push({ erased: actsAlone(told.act_count), left: [] });
    } while (after !== null);
    return sumOf(steps);
  });
}

/** One step of what is erased by its age, from where the last one stopped. */
async function ask<T>(
  client: Client,
  step: 'erase_expired' | 'erase_expired_declarations',
  { organisation, reference, by }: ErasureRequest,
  after: string | null,
): Promise<T> {
  const { rows } = await client.query<{ told: T }>(
    `select accounting.${step}((accounting.named_organisation($1)).id, $2, $3, $4) as told`,
    [organisation, reference, by, after],
  );
  if (rows[0] === undefined) throw new Error(`${step} gave no row`);
  return rows[0].told;
}

function actsAlone(count: number): Erasure | null {
  if (count === 0) return null;
  return {
    claim_count: 0,
    line_text_count: 0,
    input_count: 0,
    file_count: 0,
    declaration_act_count: count,
  };
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
  const sum = (key: keyof Erasure) => erasures.reduce((total, erasure) => total + erasure[key], 0);
  return {
    erased:
      erasures.length === 0
        ? null
        : {
            claim_count: sum('claim_count'),
            line_text_count: sum('line_text_count'),
            input_count: sum('input_count'),
            file_count: sum('file_count'),
            declaration_act_count: sum('declaration_act_count'),
          },
    left: steps.flatMap(({ left }) => left),
  };
}
