/**
 * The only file that holds SQL: one function per SQL function, and the only mapping of SQLSTATEs.
 * What each promises stands in db/functions; here it is only carried.
 */
import pg from 'pg';

import type { Batch, FollowUp, FollowUpResult, FrozenInput } from './adapters/adapter.ts';

/** A run that this dispatcher may carry for a while, or claims to ask about or to follow up. */
export interface Lease {
  readonly organisationId: string;
  /** Null: claims that no run holds, to be asked for by reference; or a follow-up. */
  readonly runId: string | null;
  /** The fencing token. */
  readonly leaseId: string;
  readonly purpose: 'send' | 'ask' | 'follow';
  readonly leaseMs: number;
}

/** The run's batch as the database gives it, with the name of the secret to sign in with. */
export type LeasedBatch = Batch & {
  readonly input: FrozenInput;
  /** Null: it needs none. */
  readonly credentialRef: string | null;
};

/** What start_attempt and start_question answer. */
export type Start =
  | { readonly isStarted: false; readonly state: string }
  | {
      readonly isStarted: true;
      /** Null without a run. */
      readonly attemptNo: number | null;
      readonly batch: LeasedBatch;
      readonly leaseMs: number;
      readonly sendTimeoutMs: number;
    };

/** What start_follow_up answers. */
export type FollowUpStart =
  | { readonly isStarted: false }
  | {
      readonly isStarted: true;
      readonly batch: FollowUp & { readonly credentialRef: string };
      readonly leaseMs: number;
      readonly sendTimeoutMs: number;
    };

/** One row of what an attempt or a question told, as record_results takes it. */
export interface ResultRow {
  readonly envelope_no: number;
  readonly outcome: string;
  readonly claim_ids: readonly string[];
  readonly http_status: number | null;
  readonly error_message: string | null;
  readonly external_ids: Readonly<Record<string, readonly string[]>>;
  readonly wire_sha256?: string | null;
  readonly failure?: string | null;
  readonly collides?: boolean;
  readonly needs_person?: boolean;
  readonly retry_after_ms?: number | null;
  /** Stored with the row, as docs/file-export.md describes. */
  readonly file?: {
    readonly name: string;
    readonly format: string;
    readonly content: string;
    readonly other_content: string;
  };
}

export interface Result {
  readonly organisation_id: string;
  readonly run_id: string | null;
  readonly lease_id: string;
  readonly kind: 'attempt' | 'reconciliation';
  readonly attempt_no: number | null;
  readonly actor: string;
  readonly mapper_version: string;
  /** How long this dispatcher would wait itself, keeping the lease. */
  readonly keep_lease_ms: number;
  readonly rows: readonly ResultRow[];
}

/** Where a run stands after a result. */
export interface Recorded {
  readonly isLate: boolean;
  /** Null without a run. */
  readonly state: string | null;
  /** Milliseconds until the next attempt; null unless the run is in retry_wait. */
  readonly retryInMs: number | null;
  readonly isLeaseKept: boolean;
}

/** AX020: somebody else carries the run, or the sweep ended the lease. */
export class StaleLeaseError extends Error {
  override readonly name = 'StaleLeaseError';
}

/** AX022: the run is not due yet. */
export class NotDueError extends Error {
  override readonly name = 'NotDueError';
}

/** All that a dispatcher asks of the database. */
export class Queue {
  readonly #pool: pg.Pool;

  /**
   * @param onError told of connections that break while idle.
   */
  constructor(databaseUrl: string, options: { poolSize: number; onError: (e: Error) => void }) {
    this.#pool = new pg.Pool({
      connectionString: databaseUrl,
      max: options.poolSize,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      statement_timeout: 15_000,
      lock_timeout: 10_000,
      query_timeout: 20_000,
      idle_in_transaction_session_timeout: 15_000,
      application_name: 'accounting-export dispatcher',
    });
    this.#pool.on('error', options.onError);
  }

  async leaseRuns(dispatcher: string, limit: number): Promise<Lease[]> {
    const rows = await this.#call<{
      organisation_id: string;
      run_id: string | null;
      lease_id: string;
      purpose: 'send' | 'ask' | 'follow';
      lease_ms: number;
    }>('select * from accounting.lease_runs($1, $2)', [dispatcher, limit]);
    return rows.map((row) => ({
      organisationId: row.organisation_id,
      runId: row.run_id,
      leaseId: row.lease_id,
      purpose: row.purpose,
      leaseMs: row.lease_ms,
    }));
  }

  /** @throws StaleLeaseError, NotDueError */
  async startAttempt(lease: Lease): Promise<Start> {
    return this.#start('select * from accounting.start_attempt($1, $2, $3)', lease);
  }

  /** @throws StaleLeaseError */
  async startQuestion(lease: Lease): Promise<Start> {
    return this.#start('select * from accounting.start_question($1, $2, $3)', lease);
  }

  /** @throws StaleLeaseError */
  async startFollowUp(lease: Lease): Promise<FollowUpStart> {
    const [row] = await this.#call<{
      is_started: boolean;
      batch: FollowUp & { readonly credentialRef: string };
      lease_ms: number;
      send_timeout_ms: number;
    }>('select * from accounting.start_follow_up($1, $2)', [lease.organisationId, lease.leaseId]);
    if (row === undefined) throw new Error('start_follow_up gave no row');
    if (!row.is_started) return { isStarted: false };
    const { batch, lease_ms: leaseMs, send_timeout_ms: sendTimeoutMs } = row;
    return { isStarted: true, batch, leaseMs, sendTimeoutMs };
  }

  /** False: the lease was not ours any more, and nothing was recorded. */
  async recordFollowUp(lease: Lease, result: FollowUpResult): Promise<boolean> {
    const told = {
      organisation_id: lease.organisationId,
      lease_id: lease.leaseId,
      claim_ids: result.claimIds,
      booked_claim_ids: result.bookedClaimIds,
      faults: result.faults,
      problem: result.problem,
      retry_after_ms: result.retryAfterMs,
    };
    const [row] = await this.#call<{ record_follow_up: boolean }>(
      'select accounting.record_follow_up($1)',
      [JSON.stringify(told, storable)],
    );
    return row?.record_follow_up ?? false;
  }

  async recordResult(result: Result): Promise<Recorded> {
    const [row] = await this.#call<{
      is_late: boolean;
      state: string | null;
      retry_in_ms: number | null;
      is_lease_kept: boolean;
    }>('select * from accounting.record_results($1)', [JSON.stringify([result], storable)]);
    if (row === undefined) throw new Error('record_results gave no row');
    return {
      isLate: row.is_late,
      state: row.state,
      retryInMs: row.retry_in_ms,
      isLeaseKept: row.is_lease_kept,
    };
  }

  /** False: the lease was not ours any more. */
  async handBack(lease: Lease, delayMs = 0): Promise<boolean> {
    const [row] = await this.#call<{ hand_back: boolean }>(
      'select accounting.hand_back($1, $2, $3, $4)',
      [lease.organisationId, lease.runId, lease.leaseId, delayMs],
    );
    return row?.hand_back ?? false;
  }

  /** How many lapsed leases were ended. */
  async sweep(): Promise<number> {
    const [row] = await this.#call<{ sweep: number }>('select accounting.sweep()', []);
    return row?.sweep ?? 0;
  }

  /** Milliseconds until something is due. */
  async nextWakeUpMs(): Promise<number> {
    const [row] = await this.#call<{ next_wake_up_ms: number | null }>(
      'select accounting.next_wake_up_ms()',
      [],
    );
    return row?.next_wake_up_ms ?? Number.MAX_SAFE_INTEGER;
  }

  async listCredentialRefs(): Promise<{ credentialRef: string; systems: string[] }[]> {
    const rows = await this.#call<{ credential_ref: string; systems: string[] }>(
      'select * from accounting.list_credential_refs()',
      [],
    );
    return rows.map((row) => ({ credentialRef: row.credential_ref, systems: row.systems }));
  }

  /** What Supabase Vault keeps under an integration's `credential_ref`; null without a vault too. */
  async readVaultSecret(credentialRef: string): Promise<string | null> {
    const [row] = await this.#call<{ secret: string | null }>(
      'select accounting.read_vault_secret($1) as secret',
      [credentialRef],
    );
    return row?.secret ?? null;
  }

  /** Whether what is committed survives a crash of the server. */
  async commitsDurably(): Promise<boolean> {
    const [row] = await this.#call<{ setting: string }>(
      "select current_setting('synchronous_commit') as setting",
      [],
    );
    return row?.setting !== 'off';
  }

  /** For what migrate.ts asks: which migrations are missing. */
  async withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #start(sql: string, lease: Lease): Promise<Start> {
    const [row] = await this.#call<{
      is_started: boolean;
      state: string;
      attempt_no: number | null;
      batch: LeasedBatch;
      lease_ms: number;
      send_timeout_ms: number;
    }>(sql, [lease.organisationId, lease.runId, lease.leaseId]);
    if (row === undefined) throw new Error('a start gave no row');
    if (!row.is_started) return { isStarted: false, state: row.state };
    return {
      isStarted: true,
      attemptNo: row.attempt_no,
      batch: row.batch,
      leaseMs: row.lease_ms,
      sendTimeoutMs: row.send_timeout_ms,
    };
  }

  async #call<Row extends pg.QueryResultRow>(
    sql: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    try {
      const { rows } = await this.#pool.query<Row>(sql, [...values]);
      return rows;
    } catch (error) {
      const code = sqlState(error);
      if (code === 'AX020') throw new StaleLeaseError('the lease is stale');
      if (code === 'AX022') throw new NotDueError('the run is not due yet');
      throw error;
    }
  }
}

/** Postgres' JSON takes neither NUL nor half a surrogate pair, and a remote may answer either. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', ' ').toWellFormed() : value;
}

/** The SQLSTATE or the socket's code of an error; null if it has none. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}

/**
 * Whether the same call may succeed later: connections that broke or were refused, a sign-in that a
 * failover refuses, the server going down, coming up, full or read-only, locks and serialisation.
 * What is left are bugs.
 */
export function isTransientDatabaseError(error: unknown): boolean {
  const code = sqlState(error);
  if (code === null) {
    const message = error instanceof Error ? error.message : '';
    return /connection|timeout|terminat/i.test(message);
  }
  return (
    /^(08|28|53|57|58)/.test(code) ||
    ['40001', '40P01', '55P03', '25006', 'XX000'].includes(code) ||
    /^E[A-Z]+$/.test(code)
  );
}
