import { setTimeout as sleep } from 'node:timers/promises';

import type { Pool } from 'pg';

export interface WaitOptions {
  /** Default 30 seconds: a busy machine is no failure. */
  readonly timeoutMs?: number;
  /** Ends the sentence "waited … ms for". */
  readonly what?: string;
}

/**
 * Asks every few milliseconds until the condition gives something truthy, and returns that.
 *
 * @throws Error once `timeoutMs` have passed; whatever the condition throws, at once.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: WaitOptions = {},
): Promise<NonNullable<T>> {
  const { timeoutMs = 30_000, what = 'a condition' } = options;
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await sleep(10);
  }
}

/**
 * Returns once a session waits for a lock that another holds.
 *
 * @param pool of any session in the same server but the waiting one.
 * @param pid the waiting session's `pg_backend_pid()`.
 */
export async function waitUntilBlocked(
  pool: Pool,
  pid: number,
  options: WaitOptions = {},
): Promise<void> {
  await waitFor(
    async () => {
      const result = await pool.query(
        `select 1 from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`,
        [pid],
      );
      return result.rowCount;
    },
    { what: `session ${pid} to wait for a lock`, ...options },
  );
}
