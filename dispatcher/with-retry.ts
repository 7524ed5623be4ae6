/**
 * Retrying with exponential backoff. Stands alone on purpose: no imports and only Web globals, so
 * that the file runs unchanged under Node, Deno and in a Supabase Edge Function.
 *
 * It keeps no state beyond the call. What must survive the process belongs in the database.
 */

/** How much of a delay is left to chance: nothing, its upper half, or all of it. */
export type Jitter = 'equal' | 'none' | 'full';

/** What {@link backoffDelay} computes from. */
export interface BackoffOptions {
  /** The delay after the first failure, in whole milliseconds. */
  readonly baseDelayMs: number;
  /** No computed delay is longer than this, in whole milliseconds. */
  readonly maxDelayMs: number;
  readonly jitter: Jitter;
  /** From 0 (included) to 1 (excluded), as `Math.random`. */
  readonly random: () => number;
}

/** What an attempt gets to know. */
export interface RetryContext {
  /** 1, 2, … */
  readonly attempt: number;
  /** The caller's signal, or one that never aborts. */
  readonly signal: AbortSignal;
}

/** Told before each wait. */
export interface RetryNotice {
  /** The attempt that has just failed: 1, 2, … */
  readonly attempt: number;
  /** How long will be waited now, in milliseconds. */
  readonly delayMs: number;
  readonly error: unknown;
}

/** All durations are whole milliseconds, from 0 to 2,147,483,647 (what a timer can hold). */
export interface RetryOptions {
  /** All attempts, the first included; at least 1. Default 5. */
  readonly maxAttempts?: number | undefined;
  /** Default 500. */
  readonly baseDelayMs?: number | undefined;
  /** At least `baseDelayMs`. Default 30,000. */
  readonly maxDelayMs?: number | undefined;
  /** Default `equal`: half of the delay is certain, and callers still spread. */
  readonly jitter?: Jitter | undefined;
  /**
   * Budget for everything since the call, attempts included. No wait is started that would end
   * after it; a running attempt is not cut off. Default 140,000: below the 150 s wall clock of a
   * Supabase Edge Function.
   */
  readonly maxElapsedMs?: number | undefined;
  /** A told wait is cut to this. Default 60,000. */
  readonly maxRetryAfterMs?: number | undefined;
  /** Ends the waiting at once; `fn` gets it too and is expected to obey it. */
  readonly signal?: AbortSignal | undefined;
  /** Which failures may pass by themselves. Default {@link hasTransientStatus}. */
  readonly isTransient?: ((error: unknown) => boolean) | undefined;
  /**
   * How long the failure told us to wait, in milliseconds; null if it didn't. Replaces the computed
   * delay, without jitter; what is negative or no number is ignored. Default: never told.
   */
  readonly retryAfterMs?: ((error: unknown) => number | null) | undefined;
  /** Called before each wait, not before a failure that is final. What it throws is thrown on. */
  readonly onRetry?: ((notice: RetryNotice) => void) | undefined;
  /** For tests. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** For tests. Milliseconds on a clock that never goes back; default `performance.now`. */
  readonly now?: (() => number) | undefined;
  /** For tests. Default {@link abortableSleep}. */
  readonly sleep?: ((delayMs: number, signal: AbortSignal) => Promise<void>) | undefined;
}

/** Which limit ended the retrying: the number of attempts, or the time. */
export type ExhaustedReason = 'attempts' | 'budget';

/**
 * The failure was transient, but no attempt is left or the next wait would go past the budget. The
 * last attempt's error is the `cause`; its text is not repeated in the message.
 */
export class RetryExhaustedError extends Error {
  override readonly name = 'RetryExhaustedError';
  readonly reason: ExhaustedReason;
  /** How many attempts were made. */
  readonly attempts: number;
  /** Milliseconds from the call to giving up. */
  readonly elapsedMs: number;

  constructor(reason: ExhaustedReason, attempts: number, elapsedMs: number, cause: unknown) {
    const limit = reason === 'attempts' ? 'no attempt is left' : 'the next wait exceeds the budget';
    super(`gave up after attempt ${attempts}, ${Math.round(elapsedMs)} ms: ${limit}`, { cause });
    this.reason = reason;
    this.attempts = attempts;
    this.elapsedMs = elapsedMs;
  }
}

// A longer setTimeout overflows, and fires at once.
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Calls `fn` until it succeeds, waiting between attempts.
 *
 * @param fn One attempt. Success is a returned value, failure a throw or rejection.
 * @returns What the first successful attempt returned, also when the signal was aborted meanwhile.
 * @throws The error itself, as thrown by `fn`, if it is not transient.
 * @throws RetryExhaustedError if it is transient and a limit is reached; at once, without waiting.
 * @throws The signal's reason if it was aborted before the first attempt (then `fn` is not called),
 *   during a wait, or while an attempt failed.
 * @throws RangeError if an option makes no sense.
 */
export async function withRetry<T>(
  fn: (context: RetryContext) => T | PromiseLike<T>,
  options: RetryOptions = {},
): Promise<T> {
  const {
    maxAttempts = 5,
    baseDelayMs = 500,
    maxDelayMs = 30_000,
    jitter = 'equal',
    maxElapsedMs = 140_000,
    maxRetryAfterMs = 60_000,
    signal = new AbortController().signal,
    isTransient = hasTransientStatus,
    retryAfterMs = () => null,
    onRetry = () => undefined,
    random = Math.random,
    now = () => performance.now(),
    sleep = abortableSleep,
  } = options;
  const backoff: BackoffOptions = { baseDelayMs, maxDelayMs, jitter, random };
  requireWhole('maxAttempts', maxAttempts, 1, Number.MAX_SAFE_INTEGER);
  requireWhole('maxElapsedMs', maxElapsedMs, 0, MAX_TIMER_MS);
  requireWhole('maxRetryAfterMs', maxRetryAfterMs, 0, MAX_TIMER_MS);
  requireBackoff(backoff);

  const startedAt = now();
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await fn({ attempt, signal });
    } catch (error) {
      signal.throwIfAborted();
      if (!isTransient(error)) throw error;
      const elapsedMs = now() - startedAt;
      if (attempt >= maxAttempts) {
        throw new RetryExhaustedError('attempts', attempt, elapsedMs, error);
      }
      const told = retryAfterMs(error);
      const delayMs =
        told !== null && told >= 0
          ? Math.min(told, maxRetryAfterMs)
          : backoffDelay(attempt, backoff);
      if (elapsedMs + delayMs > maxElapsedMs) {
        throw new RetryExhaustedError('budget', attempt, elapsedMs, error);
      }
      onRetry({ attempt, delayMs, error });
      await sleep(delayMs, signal);
    }
  }
}

/**
 * The delay after a failed attempt: `baseDelayMs`, doubled with each further attempt up to
 * `maxDelayMs`, then jittered: `none` keeps it, `equal` gives from half of it to all of it, `full`
 * from nothing to all of it.
 *
 * @param attempt The attempt that failed: 1, 2, …
 * @returns Whole milliseconds, never more than `maxDelayMs`.
 * @throws RangeError if the attempt or an option makes no sense.
 */
export function backoffDelay(attempt: number, options: BackoffOptions): number {
  requireWhole('attempt', attempt, 1, Number.MAX_SAFE_INTEGER);
  requireBackoff(options);
  // 2 ** 1024 is Infinity, and 0 * Infinity is not a number.
  const doubled = options.baseDelayMs * 2 ** Math.min(attempt - 1, 1023);
  const ceiling = Math.min(doubled, options.maxDelayMs);
  switch (options.jitter) {
    case 'none':
      return ceiling;
    case 'equal':
      return Math.round(ceiling / 2 + (options.random() * ceiling) / 2);
    case 'full':
      return Math.round(options.random() * ceiling);
  }
}

/**
 * Whether an error carries an HTTP `status` that may pass by itself: 408, 429 or 5xx. An error
 * without a status is not transient: whether a cut connection may be repeated is for the caller to
 * know.
 */
export function hasTransientStatus(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('status' in error)) return false;
  const { status } = error;
  if (typeof status !== 'number') return false;
  return status === 408 || status === 429 || (status >= 500 && status <= 599);
}

/**
 * Waits, and leaves neither timer nor listener behind, however it ends.
 *
 * @param delayMs Milliseconds.
 * @throws The signal's reason, as soon as it aborts.
 */
export async function abortableSleep(delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wake = () => {};
  try {
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, delayMs);
      signal.addEventListener('abort', wake);
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', wake);
  }
  signal.throwIfAborted();
}

function requireBackoff(options: BackoffOptions): void {
  requireWhole('baseDelayMs', options.baseDelayMs, 0, MAX_TIMER_MS);
  requireWhole('maxDelayMs', options.maxDelayMs, options.baseDelayMs, MAX_TIMER_MS);
  if (!['equal', 'none', 'full'].includes(options.jitter)) {
    throw new RangeError(`jitter must be equal, none or full, not ${String(options.jitter)}`);
  }
}

function requireWhole(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`${name} must be a whole number from ${min} to ${max}, not ${value}`);
  }
}
