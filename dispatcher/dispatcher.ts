/**
 * The loop: drain, then wait for a wake-up (notification, reconnect, a free hand or timer alike),
 * repeat. Without notifications it is only slower.
 */
import type { AccountingIntegrationClient } from './accounting-integration-client.ts';
import type { Config } from './config.ts';
import { errorFields, type Log } from './log.ts';
import type { Lease, Queue } from './queue.ts';
import { WakeUp } from './wake-up.ts';
import { backoffDelay } from './with-retry.ts';

export interface DispatcherOptions {
  readonly queue: Pick<Queue, 'leaseRuns' | 'sweep' | 'nextWakeUpMs' | 'handBack'>;
  readonly client: Pick<AccountingIntegrationClient, 'carry'>;
  readonly config: Pick<
    Config,
    'name' | 'concurrency' | 'pollIntervalMs' | 'shutdownTimeoutMs' | 'databaseGiveUpMs'
  >;
  readonly log: Log;
}

/** How long recording what was cut may take, before the rest is left to the sweep. */
const recordingTimeoutMs = 10_000;
/** How long a question to the database may go on after SIGTERM: its leases are still handed back. */
const drainingTimeoutMs = 500;

/** The database could not be asked for too long. */
export class DatabaseLostError extends Error {
  override readonly name = 'DatabaseLostError';
}

/** Leases runs and carries them, until it is told to stop. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #wakeUp = new WakeUp();
  readonly #carried = new Set<Promise<void>>();
  readonly #cutting = new AbortController();

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** There may be work. */
  wake(): void {
    this.#wakeUp.set();
  }

  /**
   * Works until `stopping` is aborted, then lets what is under way finish, within the shutdown's
   * time; what is not finished by then is cut, recorded as unknown and asked about later.
   *
   * @throws DatabaseLostError if the database could not be asked for `databaseGiveUpMs`.
   */
  async run(stopping: AbortSignal): Promise<void> {
    const { config, log } = this.#options;
    stopping.addEventListener('abort', () => this.#wakeUp.set(), { once: true });
    let failures = 0;
    let lastSuccess = performance.now();
    try {
      while (!stopping.aborted) {
        let waitMs: number;
        try {
          waitMs = await this.#drainUntil(stopping);
          failures = 0;
          lastSuccess = performance.now();
        } catch (error) {
          failures += 1;
          log('error', 'poll.failed', { count: failures, ...errorFields(error) });
          if (performance.now() - lastSuccess > config.databaseGiveUpMs) {
            throw new DatabaseLostError('the database could not be asked for too long');
          }
          waitMs = backoffDelay(failures, {
            baseDelayMs: 200,
            maxDelayMs: config.pollIntervalMs,
            jitter: 'equal',
            random: Math.random,
          });
        }
        await this.#wakeUp.wait(waitMs);
      }
    } finally {
      await this.#finish();
    }
  }

  /** Drains; soon after `stopping` it is left alone, for a frozen database may never answer. */
  async #drainUntil(stopping: AbortSignal): Promise<number> {
    const draining = this.#drain(stopping);
    // Left alone, its failure is nobody's.
    draining.catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    let onStop = (): void => undefined;
    const isLeft = new Promise<number>((resolve) => {
      onStop = () => {
        timer = setTimeout(() => resolve(0), drainingTimeoutMs);
      };
      stopping.addEventListener('abort', onStop, { once: true });
    });
    try {
      return await Promise.race([draining, isLeft]);
    } finally {
      stopping.removeEventListener('abort', onStop);
      clearTimeout(timer);
    }
  }

  /** Takes all work that there are hands for; how long to wait then. */
  async #drain(stopping: AbortSignal): Promise<number> {
    const { queue, config, log } = this.#options;
    try {
      const swept = await queue.sweep();
      if (swept > 0) log('warn', 'leases.swept', { count: swept });
    } catch (error) {
      // What can't be swept now is swept later; it must not keep the others from being leased.
      log('error', 'sweep.failed', errorFields(error));
    }
    for (;;) {
      const free = config.concurrency - this.#carried.size;
      if (free <= 0 || stopping.aborted) break;
      const leases = await queue.leaseRuns(config.name, free);
      if (leases.length === 0) break;
      for (const lease of leases) this.#carry(lease, stopping);
    }
    return Math.min(config.pollIntervalMs, Math.max(await queue.nextWakeUpMs(), 10));
  }

  #carry(lease: Lease, stopping: AbortSignal): void {
    const carried = this.#options.client
      .carry(lease, { stopping, cutting: this.#cutting.signal })
      .finally(() => {
        this.#carried.delete(carried);
        this.#wakeUp.set();
      });
    this.#carried.add(carried);
  }

  async #finish(): Promise<void> {
    const { config, log } = this.#options;
    if (this.#carried.size > 0) log('info', 'dispatcher.finishing', { count: this.#carried.size });
    const timer = setTimeout(() => {
      log('warn', 'dispatcher.cutting', { count: this.#carried.size });
      this.#cutting.abort();
    }, config.shutdownTimeoutMs);
    // Cut, there is only the recording left, which a lost database may hold up for ever.
    let lastTimer: NodeJS.Timeout | undefined;
    const isOver = new Promise<void>((resolve) => {
      lastTimer = setTimeout(resolve, config.shutdownTimeoutMs + recordingTimeoutMs);
    });
    await Promise.race([Promise.allSettled(this.#carried), isOver]);
    clearTimeout(timer);
    clearTimeout(lastTimer);
  }
}
