/**
 * Polite polling: only while something moves and the page is seen, slower while nothing comes of it,
 * slower still after errors, not at all without a network.
 */

export interface PollSituation {
  readonly baseMs: number;
  /** Whether anything is expected to change by itself. */
  readonly isMoving: boolean;
  /** When the next thing is due, if that is all that is waited for. */
  readonly dueInMs: number | null;
  /** Answers in a row that were the same. */
  readonly quietRounds: number;
  /** Errors in a row. */
  readonly failures: number;
  /** How long the server asked to be left alone. */
  readonly retryAfterMs: number;
}

const slowestMs = 30_000;
const slowestAfterErrorsMs = 60_000;
/** Nobody waits longer than this for a server that asked for more. */
const mostRetryAfterMs = 600_000;

/** How long until the next request; null: none by itself. */
export function pollDelay(now: PollSituation): number | null {
  if (now.failures > 0) {
    const backoff = Math.min(now.baseMs * 2 ** Math.min(now.failures, 10), slowestAfterErrorsMs);
    return Math.max(backoff, Math.min(now.retryAfterMs, mostRetryAfterMs));
  }
  if (!now.isMoving) return null;
  // Five rounds at full pace, then half as often again each time.
  const slowed = now.baseMs * 1.5 ** Math.min(Math.max(0, now.quietRounds - 5), 10);
  const pace = Math.min(slowed, Math.max(slowestMs, now.baseMs));
  if (now.dueInMs === null) return pace;
  // Nothing happens before it is due; and what is due is soon done.
  return Math.max(now.baseMs, Math.min(now.dueInMs + 500, slowestMs));
}

/** Whether the answer told anything new. */
export type PollResult = 'changed' | 'same' | 'failed';

export interface PollerOptions {
  readonly poll: () => Promise<PollResult>;
  readonly situation: () => Pick<PollSituation, 'baseMs' | 'isMoving' | 'dueInMs'>;
  /** How long the server asked to be left alone with the last failure; 0: it didn't. */
  readonly retryAfterMs: () => number;
  /** Told when the network goes or comes back. */
  readonly onNetwork: () => void;
}

/** Lives from `start` to `stop`; starts again. */
export class Poller {
  readonly #options: PollerOptions;
  /** Before this the server asked not to be asked. */
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isPolling = false;
  #isRunning = false;
  #quietRounds = 0;
  #failures = 0;
  #lastAt = 0;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    document.addEventListener('visibilitychange', this.#onVisibility);
    window.addEventListener('online', this.#onOnline);
    window.addEventListener('offline', this.#onOffline);
    this.plan();
  }

  stop(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    window.removeEventListener('online', this.#onOnline);
    window.removeEventListener('offline', this.#onOffline);
  }

  /** Something was loaded or done elsewhere: full pace again. */
  noteChange(): void {
    this.#quietRounds = 0;
    this.#failures = 0;
    this.#lastAt = Date.now();
    this.plan();
  }

  noteFailure(): void {
    this.#failures += 1;
    this.#notBefore = Date.now() + this.#options.retryAfterMs();
    this.plan();
  }

  plan(): void {
    clearTimeout(this.#timer);
    if (!this.#isRunning || this.#isPolling || !canPoll()) return;
    const delay = pollDelay({
      ...this.#options.situation(),
      quietRounds: this.#quietRounds,
      failures: this.#failures,
      retryAfterMs: Math.max(0, this.#notBefore - Date.now()),
    });
    if (delay === null) return;
    // Many panels that lost the same server don't all come back at once.
    const jitter = this.#failures > 0 ? 1 + Math.random() / 2 : 1;
    this.#timer = setTimeout(() => void this.#poll(), delay * jitter);
  }

  async #poll(): Promise<void> {
    if (!this.#isRunning || this.#isPolling || !canPoll()) return;
    clearTimeout(this.#timer);
    this.#isPolling = true;
    try {
      const result = await this.#options.poll();
      if (result === 'failed') this.#notBefore = Date.now() + this.#options.retryAfterMs();
      this.#failures = result === 'failed' ? this.#failures + 1 : 0;
      this.#quietRounds = result === 'changed' ? 0 : this.#quietRounds + 1;
    } finally {
      this.#isPolling = false;
      this.#lastAt = Date.now();
      this.plan();
    }
  }

  readonly #onVisibility = (): void => {
    if (document.visibilityState !== 'visible') return clearTimeout(this.#timer);
    // Looked at again: what is on the screen should be true, whether or not anything moved.
    if (
      Date.now() >= this.#notBefore &&
      Date.now() - this.#lastAt >= this.#options.situation().baseMs
    )
      void this.#poll();
    else this.plan();
  };

  readonly #onOnline = (): void => {
    this.#failures = 0;
    this.#options.onNetwork();
    void this.#poll();
  };

  readonly #onOffline = (): void => {
    clearTimeout(this.#timer);
    this.#options.onNetwork();
  };
}

function canPoll(): boolean {
  return document.visibilityState === 'visible' && navigator.onLine;
}
