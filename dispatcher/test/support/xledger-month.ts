/**
 * A simulated month against Xledger's sandbox: the real database, queue and adapter, with a clock that
 * is moved by a quarter of an hour at a time. Counts the requests, for they are paid for.
 */
import { randomUUID } from 'node:crypto';

import {
  startXledgerSandbox,
  type XledgerSandbox,
} from '../../adapters/xledger/sandbox/xledger-sandbox.ts';
import { AccountingIntegrationClient } from '../../accounting-integration-client.ts';
import { createAdapters } from '../../adapters/index.ts';
import { Queue } from '../../queue.ts';
import { createTestDatabase, type Teardown } from './database.ts';

const ORGANISATION = '00000000-0000-4000-8000-000000000002';
const START = Date.parse('2026-03-02T00:00:00Z');
const QUARTER_MS = 15 * 60_000;
const DAY = 96;

export interface Month {
  readonly days: number;
  /** How many claims are asked for in one run at a quarter of the month, from 0; 0: none. */
  claimsAt(quarter: number): number;
  /** Whether somebody books all that waits at the end of a quarter. */
  isBookedAt(quarter: number): boolean;
  /** Changes the ledger before the month begins. */
  prepare?(sandbox: XledgerSandbox): void;
}

export interface Requests {
  readonly runs: number;
  readonly total: number;
  readonly byOperation: Readonly<Record<string, number>>;
  readonly followUps: number;
  readonly unbooked: number;
}

/** Whether it is a working day at a quarter of the hour between 8 and 16 o'clock. */
export function isOfficeHour(quarter: number): boolean {
  const hour = Math.floor((quarter % DAY) / 4);
  return Math.floor(quarter / DAY) % 7 < 5 && hour >= 8 && hour < 16;
}

/** Plays the month; the test's database and sandbox end with `t`. */
export async function playMonth(t: Teardown, month: Month): Promise<Requests> {
  const { pool, url } = await createTestDatabase(t);
  let now = START;
  const sandbox = await startXledgerSandbox({ now: () => new Date(now) });
  t.teardown(() => sandbox.close());
  month.prepare?.(sandbox);
  await pool.query(`
    create table public.moved_clock as select '2026-03-02T00:00:00Z'::timestamptz as at;
    grant select on public.moved_clock to public;
    create or replace function accounting.clock () returns timestamptz language sql volatile
      set search_path = pg_catalog, pg_temp
    as $f$ select c.at from public.moved_clock as c $f$`);
  await pool.query('select * from accounting.apply_organisation($1)', [
    JSON.stringify(organisation(sandbox.graphqlUrl)),
  ]);
  const queue = new Queue(url, { poolSize: 2, onError: () => undefined });
  t.teardown(() => queue.close());
  const client = new AccountingIntegrationClient({
    queue,
    adapters: createAdapters(),
    credentialFor: () => ({ token: 'sandbox-token' }),
    config: { name: 'month', allowPrivateEndpoints: true, maxBodyBytes: 5 * 1024 * 1024 },
    log: () => undefined,
  });
  const { signal } = new AbortController();
  let runs = 0;
  for (let quarter = 0; quarter < month.days * DAY; quarter += 1) {
    now = START + quarter * QUARTER_MS;
    await pool.query('update public.moved_clock set at = $1', [new Date(now)]);
    const count = month.claimsAt(quarter);
    if (count > 0) {
      runs += 1;
      const claims = Array.from({ length: count }, claim);
      await pool.query('select accounting.put_claims($1, $2)', [
        ORGANISATION,
        JSON.stringify(claims),
      ]);
      await pool.query(`select accounting.request_export($1, $2, 'app-1')`, [
        ORGANISATION,
        claims.map(({ id }) => id),
      ]);
    }
    for (;;) {
      const leases = await queue.leaseRuns('month', 10);
      if (leases.length === 0) break;
      for (const lease of leases) await client.carry(lease, { stopping: signal, cutting: signal });
    }
    if (month.isBookedAt(quarter)) sandbox.book();
  }
  const byOperation: Record<string, number> = {};
  for (const { operation } of sandbox.requests) {
    byOperation[operation ?? 'other'] = (byOperation[operation ?? 'other'] ?? 0) + 1;
  }
  const { rows } = await pool.query<{ unbooked: number }>(
    `select count(*)::integer as unbooked from accounting.claim_reservations where booked_at is null`,
  );
  const total = sandbox.requests.length;
  // A send asks two questions, carries its lines and reads them back.
  return {
    runs,
    total,
    byOperation,
    followUps: total - 4 * runs,
    unbooked: rows[0]?.unbooked ?? 0,
  };
}

function claim() {
  const id = randomUUID();
  return {
    id,
    reference: `BF-${id.slice(0, 13).toUpperCase()}`,
    kind: 'travel_expense',
    claimant: { id: 'person-1', name: 'Kari Eksempel' },
    currency: 'NOK',
    total: '100.50',
    lines: [{ type: 'mileage', date: '2026-03-02', amount: '100.50', quantity: '10' }],
  };
}

function organisation(endpoint: string) {
  return {
    organisation: {
      id: ORGANISATION,
      name: 'Blindeforbundet',
      organisation_number: '987654325',
      reference_prefix: 'BF',
    },
    integrations: [
      {
        system: 'xledger',
        endpoint,
        credential_ref: 'bf-xl',
        settings: { liability_account: '2910' },
      },
    ],
    mappings: { mileage: { account: '7100' } },
  };
}
