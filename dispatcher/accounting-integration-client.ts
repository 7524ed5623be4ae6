/**
 * Carries one leased run: picks adapter and mapper, records each start before anything is sent, and
 * hands every outcome to the database, which decides what comes next. After an unknown outcome it
 * asks before anything is sent again; that the run is leased for asking is what says so.
 *
 * It holds nothing worth losing: killed between any two lines, the lease lapses and the run goes on
 * elsewhere (docs/states.md).
 */
import type { Adapter, System } from './adapters/adapter.ts';
import { runAttempt, runQuestion } from './attempt.ts';
import type { Config } from './config.ts';
import type { Credential } from './credentials.ts';
import { carryFollowUp } from './follow-up.ts';
import { LeaseClock, leaseMarginMs } from './lease-clock.ts';
import { errorFields, type Log } from './log.ts';
import {
  isTransientDatabaseError,
  NotDueError,
  StaleLeaseError,
  type Lease,
  type Queue,
  type Recorded,
  type Result,
  type Start,
} from './queue.ts';
import { RetryExhaustedError, withRetry } from './with-retry.ts';

/** A delay up to this is waited here with the lease kept; a longer one is left to the database. */
const keepLeaseMs = 5_000;
/** Of a system that nobody signs in to: a file. */
const noCredential: Credential = { token: '' };
/** A run that could not be carried, for a reason that doesn't pass, is due again after this. */
const droppedDelayMs = 5_000;

export interface ClientOptions {
  readonly queue: Pick<
    Queue,
    | 'startAttempt'
    | 'startQuestion'
    | 'recordResult'
    | 'startFollowUp'
    | 'recordFollowUp'
    | 'handBack'
  >;
  readonly adapters: Readonly<Record<System, Adapter>>;
  /** The secrets for a `credential_ref`, or a sentence that says what is wrong. */
  readonly credentialFor: (
    credentialRef: string,
  ) => Credential | string | Promise<Credential | string>;
  readonly config: Pick<Config, 'name' | 'allowPrivateEndpoints' | 'maxBodyBytes'>;
  readonly log: Log;
}

export interface CarrySignals {
  /** Aborted when the dispatcher stops: nothing new is started, waiting ends. */
  readonly stopping: AbortSignal;
  /** Aborted when the time for finishing is over: what is under way is cut. */
  readonly cutting: AbortSignal;
}

/** The next attempt is due soon, and the lease is still ours. */
class NotAppliedYet extends Error {
  override readonly name = 'NotAppliedYet';
  readonly retryInMs: number;

  constructor(retryInMs: number) {
    super(`not applied; due again in ${retryInMs} ms`);
    this.retryInMs = retryInMs;
  }
}

/** What wraps a run in {@link withRetry}. */
export class AccountingIntegrationClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /**
   * Carries a leased run until it ended, waits in the database, or belongs to somebody else.
   * Resolves always, but for errors of the database that don't pass: then the lease lapses.
   */
  async carry(lease: Lease, signals: CarrySignals): Promise<void> {
    const { log } = this.#options;
    try {
      if (lease.purpose === 'ask') await this.#ask(lease, signals);
      else if (lease.purpose === 'follow') await carryFollowUp(this.#options, lease, signals);
      else await this.#sendWithRetry(lease, signals);
    } catch (error) {
      if (error instanceof StaleLeaseError) {
        log('info', 'lease.lost', { ...ids(lease), message: error.message });
        return;
      }
      const isExpected = error instanceof NotDueError || error instanceof RetryExhaustedError;
      if (isExpected || signals.stopping.aborted) {
        await this.#handBack(lease);
        return;
      }
      log('error', 'run.dropped', { ...ids(lease), ...errorFields(error) });
      await this.#handBack(lease, droppedDelayMs);
    }
  }

  async #sendWithRetry(lease: Lease, signals: CarrySignals): Promise<void> {
    // The database counts the attempts and computes the delays, so that they survive this process;
    // what is left to do here is the short waiting, within the lease.
    await withRetry(() => this.#send(lease, signals), {
      maxAttempts: 1_000,
      maxElapsedMs: Math.min(lease.leaseMs * 10, 140_000),
      signal: signals.stopping,
      isTransient: (error) => error instanceof NotAppliedYet,
      retryAfterMs: (error) => (error instanceof NotAppliedYet ? error.retryInMs : null),
      onRetry: ({ delayMs }) =>
        this.#options.log('debug', 'attempt.postponed', { ...ids(lease), retry_in_ms: delayMs }),
    });
  }

  /** One attempt. @throws NotAppliedYet if another one is due soon, under the same lease. */
  async #send(lease: Lease, signals: CarrySignals): Promise<void> {
    const { log } = this.#options;
    const clock = new LeaseClock();
    const start = await this.#options.queue.startAttempt(lease);
    if (!start.isStarted) {
      log('info', 'run.settled', { ...ids(lease), state: start.state });
      return;
    }
    clock.set(start.leaseMs - leaseMarginMs);
    log('info', 'attempt.started', {
      ...ids(lease),
      attempt_no: start.attemptNo,
      claim_count: start.batch.openClaimIds.length,
    });
    let last: Recorded | null = null;
    await runAttempt({
      ...(await this.#circumstances(start, clock, signals)),
      record: async (rows) => {
        last = await this.#record(lease, start, 'attempt', rows);
        // Sending alone may be somebody else's, who took the run over.
        return last.state === 'sending' && last.isLeaseKept;
      },
    });
    const recorded = last as Recorded | null;
    if (recorded?.isLeaseKept === true && recorded.retryInMs !== null) {
      throw new NotAppliedYet(recorded.retryInMs);
    }
  }

  async #ask(lease: Lease, signals: CarrySignals): Promise<void> {
    const clock = new LeaseClock();
    const start = await this.#options.queue.startQuestion(lease);
    if (!start.isStarted) {
      this.#options.log('info', 'run.settled', { ...ids(lease), state: start.state });
      return;
    }
    clock.set(start.leaseMs - leaseMarginMs);
    const rows = await runQuestion(await this.#circumstances(start, clock, signals));
    await this.#record(lease, start, 'reconciliation', rows);
  }

  async #circumstances(
    start: Start & { isStarted: true },
    clock: LeaseClock,
    signals: CarrySignals,
  ) {
    const { adapters, config, log } = this.#options;
    const readCredential = () => this.#credentialFor(start.batch.credentialRef);
    return {
      start,
      clock,
      adapter: adapters[start.batch.input.system],
      credential: await readCredential(),
      readCredential,
      config,
      log,
      signal: signals.cutting,
    };
  }

  /** Started is started: what keeps us from the secret is recorded, not thrown. */
  async #credentialFor(credentialRef: string | null): Promise<Credential | string> {
    if (credentialRef === null) return noCredential;
    try {
      return await withRetry(async () => this.#options.credentialFor(credentialRef), {
        maxAttempts: 5,
        baseDelayMs: 100,
        maxDelayMs: 1_000,
        isTransient: isTransientDatabaseError,
      });
    } catch (error) {
      return `the secret could not be read: ${errorFields(error).message}`;
    }
  }

  /** Kept in memory and tried until it is stored, or the lease's time is long over. */
  async #record(
    lease: Lease,
    start: Start & { isStarted: true },
    kind: Result['kind'],
    rows: Result['rows'],
  ): Promise<Recorded> {
    const { queue, config, log } = this.#options;
    const recorded = await withRetry(
      () =>
        queue.recordResult({
          organisation_id: lease.organisationId,
          run_id: lease.runId,
          lease_id: lease.leaseId,
          kind,
          attempt_no: start.attemptNo,
          actor: config.name,
          mapper_version: start.batch.input.mapper_version,
          // After an answer the run is put down, and leased anew for sending.
          keep_lease_ms: kind === 'attempt' ? keepLeaseMs : 0,
          rows,
        }),
      {
        maxAttempts: 10_000,
        baseDelayMs: 100,
        maxDelayMs: 5_000,
        maxElapsedMs: 3_600_000,
        isTransient: isTransientDatabaseError,
        onRetry: ({ attempt, error }) =>
          log('warn', 'record.failed', { ...ids(lease), count: attempt, ...errorFields(error) }),
      },
    );
    // The remote's own words are in the trail, sanitised; a log line has the ids to look there.
    for (const row of rows) {
      log(
        row.outcome === 'accepted' || row.outcome === 'found' ? 'info' : 'warn',
        `${kind}.recorded`,
        {
          ...ids(lease),
          attempt_no: start.attemptNo,
          outcome: row.outcome,
          claim_count: row.claim_ids.length,
          http_status: row.http_status,
          state: recorded.state,
          is_late: recorded.isLate,
        },
      );
    }
    return recorded;
  }

  async #handBack(lease: Lease, delayMs = 0): Promise<void> {
    try {
      const isOurs = await this.#options.queue.handBack(lease, delayMs);
      if (isOurs) this.#options.log('info', 'lease.returned', ids(lease));
    } catch (error) {
      // Nothing is lost: the lease lapses.
      this.#options.log('warn', 'lease.kept', { ...ids(lease), ...errorFields(error) });
    }
  }
}

function ids(lease: Lease): { organisation_id: string; run_id: string | null; purpose: string } {
  return { organisation_id: lease.organisationId, run_id: lease.runId, purpose: lease.purpose };
}
