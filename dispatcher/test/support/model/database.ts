/** The database that the model is compared with: one connection, one transaction a story. */
import { readFile } from 'node:fs/promises';

import pg from 'pg';

import { createTestDatabase, type Teardown } from '../database.ts';
import { timings, maxAttempts, maxConcurrency, type ClaimFacts, type RunFacts } from './world.ts';

export interface Told {
  /** The SQLSTATE of what was raised; null: nothing. */
  readonly code: string | null;
  readonly message: string | null;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

type RunSnapshot = Omit<
  RunFacts,
  'organisation' | 'batchKey' | 'questionAt' | 'isLoose' | 'claims'
> & { readonly endedAt: number | null; readonly claims: ClaimFacts[] };

export interface Snapshot {
  readonly violations: readonly string[];
  readonly trail: number;
  readonly runs: readonly RunSnapshot[];
  readonly claims: readonly {
    readonly organisation: number;
    readonly no: number;
    readonly isFlagged: boolean;
    readonly isExported: boolean;
  }[];
  readonly integrations: readonly {
    readonly organisation: number;
    readonly isPaused: boolean;
    readonly isFrozen: boolean;
  }[];
  readonly questions: number;
}

export interface Database {
  /** Opens a story; everything in it is rolled back by the next one. */
  begin(seed: number): Promise<void>;
  /** Runs one SELECT at a moment of the story; never throws for what the SQL raises. */
  step(now: number, sql: string, values?: readonly unknown[]): Promise<Told>;
  snapshot(): Promise<Snapshot>;
}

const fixtures = new URL('../../../../db/tests/support/fixtures.sql', import.meta.url);
const model = new URL('model.sql', import.meta.url);

/** Organisation 1 with Business Central, 2 with Xledger, three claims each. */
export async function openDatabase(t: Teardown): Promise<Database> {
  const { superuserUrl } = await createTestDatabase(t);
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on('error', () => undefined);
  await client.connect();
  t.teardown(() => client.end());
  for (const file of [fixtures, model]) await client.query(await readFile(file, 'utf8'));
  const settings = JSON.stringify({
    max_attempts: maxAttempts,
    max_concurrency: maxConcurrency,
    lease_ms: timings.lease,
    remote_max_ms: timings.remoteMax,
    quarantine_ms: timings.quarantine,
    base_delay_ms: timings.baseDelay,
    max_delay_ms: timings.maxDelay,
    // What becomes of deliveries later is no part of these stories.
    follow_up_ms: 86_400_000,
  });
  await client.query(
    `select tests.organisation_with_claims(1, 3, 'business_central', $1),
       tests.organisation_with_claims(2, 3, 'xledger', $1)`,
    [settings],
  );

  return {
    async begin(seed) {
      await client.query('rollback');
      await client.query('begin');
      // Jitter and the order of organisations follow the seed, and so a story can be told again.
      await client.query(`select setseed($1), setval('model.runs', 1, false)`, [
        (seed % 1_000_000) / 1_000_000,
      ]);
    },
    async step(now, sql, values = []) {
      const text = sql.replaceAll(/\$(\d+)/g, (_, place: string) =>
        pg.escapeLiteral(literal(values[Number(place) - 1])),
      );
      const { rows } = await client.query<{ told: Partial<Told> }>(
        `select set_config('tests.shift', $1, true), model.step($2) as told`,
        [`${now} milliseconds`, text],
      );
      const told = rows[0]?.told;
      return { code: told?.code ?? null, message: told?.message ?? null, rows: told?.rows ?? [] };
    },
    async snapshot() {
      const { rows } = await client.query<{ snapshot: Snapshot }>('select model.snapshot()');
      const snapshot = rows[0]?.snapshot;
      if (snapshot === undefined) throw new Error('there is no snapshot');
      return snapshot;
    },
  };
}

function literal(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `{${value.join(',')}}`;
  return JSON.stringify(value);
}
