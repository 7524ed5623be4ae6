/**
 * What withRetry promises, as one table that runs under any runtime: Web globals only, plain
 * asserts. with-retry.test.ts runs it under Node, with-retry-under-deno.test.ts under Deno. Both
 * serve the replies from a real HTTP server and hold the number of requests against the table.
 */
import { parseRetryAfter } from '../retry-after.ts';
import { RetryExhaustedError, withRetry, type RetryNotice } from '../with-retry.ts';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The head is sent, and then nothing more. */
  readonly isUnfinished?: boolean;
}

export interface RetryCase {
  readonly title: string;
  /** What the server answers, one after the other. */
  readonly replies: readonly Reply[];
  /** How many requests must have arrived in the end. */
  readonly requests: number;
  /** Throws if the promise is broken. */
  readonly run: (url: string) => Promise<void>;
}

/** The server's part: which reply is due for a path (`/<index of the case>`), and the count. */
export function scriptReplies(cases: readonly RetryCase[]) {
  const counts = cases.map(() => 0);
  return {
    counts: counts as readonly number[],
    next(path: string): Reply {
      const index = Number(path.slice(1));
      const nth = counts[index] ?? 0;
      counts[index] = nth + 1;
      return cases[index]?.replies[nth] ?? { status: 418 };
    },
  };
}

class HttpError extends Error {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly date: string | null;

  constructor(response: Response) {
    super(`status ${response.status}`);
    this.status = response.status;
    this.retryAfter = response.headers.get('retry-after');
    this.date = response.headers.get('date');
  }
}

/** One attempt: a status of 400 and above is an error that carries it. */
async function get(url: string, signal?: AbortSignal): Promise<number> {
  const response = await fetch(url, signal === undefined ? {} : { signal });
  await response.text();
  if (response.status >= 400) throw new HttpError(response);
  return response.status;
}

function retryAfterMs(error: unknown): number | null {
  if (!(error instanceof HttpError)) return null;
  return parseRetryAfter(error.retryAfter, error.date, Date.now());
}

/** A clock on which waiting takes no time; `waits` are the delays asked for. */
function fakeClock() {
  const clock = { nowMs: 5_000, waits: [] as number[] };
  return {
    waits: clock.waits,
    pass: (ms: number) => void (clock.nowMs += ms),
    injected: {
      now: () => clock.nowMs,
      sleep: (delayMs: number): Promise<void> => {
        clock.waits.push(delayMs);
        clock.nowMs += delayMs;
        return Promise.resolve();
      },
    },
  };
}

/** Counts the abort listeners of a signal from now on. */
function countListeners(signal: AbortSignal): { readonly count: () => number } {
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal) as (...args: unknown[]) => void;
  const remove = signal.removeEventListener.bind(signal) as (...args: unknown[]) => void;
  signal.addEventListener = (...args: unknown[]) => {
    listeners.add(args[1]);
    add(...args);
  };
  signal.removeEventListener = (...args: unknown[]) => {
    listeners.delete(args[1]);
    remove(...args);
  };
  return { count: () => listeners.size };
}

function same(actual: unknown, expected: unknown, what: string): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure, but it succeeded');
}

function sameStatus(error: unknown, status: number): void {
  if (!(error instanceof HttpError)) throw new Error('expected the error of the attempt itself');
  same(error.status, status, 'status');
}

function sameExhausted(error: unknown, reason: string, attempts: number, status: number) {
  if (!(error instanceof RetryExhaustedError)) throw new Error('expected a RetryExhaustedError');
  same([error.reason, error.attempts], [reason, attempts], 'reason and attempts');
  sameStatus(error.cause, status);
  return error;
}

function repeat(status: number, times: number): Reply[] {
  return Array.from({ length: times }, () => ({ status }));
}

const OK: Reply = { status: 200 };
const TRANSIENT = [408, 429, 500, 502, 503, 504, 599];
const FINAL = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 499];

/** Row 58 of the fault table: what a `Retry-After` makes of a computed delay of 700 ms. */
function retryAfterCase(what: string, headers: Reply['headers'], waits: number[]): RetryCase {
  return {
    title: `Retry-After: ${what}`,
    replies: [{ status: 429, headers: headers ?? {} }, OK],
    requests: 2,
    run: async (url) => {
      const clock = fakeClock();
      await withRetry(({ signal }) => get(url, signal), {
        ...clock.injected,
        baseDelayMs: 700,
        jitter: 'none',
        maxRetryAfterMs: 130_000,
        retryAfterMs,
      });
      same(clock.waits, waits, 'waits');
    },
  };
}

export const retryCases: readonly RetryCase[] = [
  {
    title: 'acceptance 1: retries on 500 and not on 400',
    replies: [{ status: 500 }, OK, { status: 400 }],
    requests: 3,
    run: async (url) => {
      const clock = fakeClock();
      same(await withRetry(() => get(url), clock.injected), 200, 'result after a 500');
      same(clock.waits.length, 1, 'waits after a 500');
      sameStatus(await failureOf(withRetry(() => get(url), clock.injected)), 400);
      same(clock.waits.length, 1, 'waits after a 400');
    },
  },
  {
    title: 'acceptance 2: the delay doubles up to the maximum delay',
    replies: [...repeat(503, 7), OK],
    requests: 8,
    run: async (url) => {
      const clock = fakeClock();
      await withRetry(() => get(url), {
        ...clock.injected,
        baseDelayMs: 100,
        maxDelayMs: 1_000,
        maxAttempts: 8,
        jitter: 'none',
      });
      same(clock.waits, [100, 200, 400, 800, 1_000, 1_000, 1_000], 'waits');
    },
  },
  {
    title: 'acceptance 3: does not retry past the limit',
    replies: [...repeat(500, 3), OK],
    requests: 3,
    run: async (url) => {
      const clock = fakeClock();
      const error = await failureOf(
        withRetry(() => get(url), { ...clock.injected, maxAttempts: 3 }),
      );
      sameExhausted(error, 'attempts', 3, 500);
      same(clock.waits.length, 2, 'waits: none after the last attempt');
    },
  },
  {
    title: 'without a word from the caller, 408, 429 and 5xx are transient',
    replies: [...TRANSIENT.map((status) => ({ status })), OK],
    requests: TRANSIENT.length + 1,
    run: async (url) => {
      const { injected } = fakeClock();
      same(await withRetry(() => get(url), { ...injected, maxAttempts: 99 }), 200, 'result');
    },
  },
  {
    title: 'without a word from the caller, every other 4xx is thrown as it is, at once',
    replies: FINAL.map((status) => ({ status })),
    requests: FINAL.length,
    run: async (url) => {
      const clock = fakeClock();
      for (const status of FINAL) {
        sameStatus(await failureOf(withRetry(() => get(url), clock.injected)), status);
      }
      same(clock.waits, [], 'waits');
    },
  },
  {
    title: 'an error without a status is not transient',
    replies: [],
    requests: 0,
    run: async () => {
      const { injected } = fakeClock();
      for (const thrown of [new TypeError('cut'), { status: '500' }, 'text', null, undefined]) {
        const failure = await failureOf(withRetry(() => Promise.reject(thrown as Error), injected));
        if (failure !== thrown) throw new Error('expected what the attempt threw, itself');
      }
    },
  },
  {
    title: 'the caller decides what is transient',
    replies: [{ status: 409 }, { status: 500 }],
    requests: 2,
    run: async (url) => {
      const isTransient = (error: unknown) => error instanceof HttpError && error.status === 409;
      const { injected } = fakeClock();
      sameStatus(await failureOf(withRetry(() => get(url), { ...injected, isTransient })), 500);
    },
  },
  retryAfterCase(
    'seconds are waited instead of the computed delay',
    { 'retry-after': '120' },
    [120_000],
  ),
  retryAfterCase(
    "a date is measured against the answer's own Date",
    {
      date: 'Wed, 01 Jan 2020 23:59:50 GMT',
      'retry-after': 'Thu, 02 Jan 2020 00:00:20 GMT',
    },
    [30_000],
  ),
  retryAfterCase(
    'a date that has passed means no wait',
    {
      date: 'Thu, 02 Jan 2020 00:00:00 GMT',
      'retry-after': 'Wed, 01 Jan 2020 00:00:00 GMT',
    },
    [0],
  ),
  retryAfterCase('10^12 seconds are clamped', { 'retry-after': '1000000000000' }, [130_000]),
  retryAfterCase('-1 is ignored', { 'retry-after': '-1' }, [700]),
  retryAfterCase('garbage is ignored', { 'retry-after': 'soon 1' }, [700]),
  {
    title: 'a told wait that is no number, or negative, is ignored',
    replies: [...repeat(503, 2), OK],
    requests: 3,
    run: async (url) => {
      const clock = fakeClock();
      const told = [Number.NaN, -5];
      await withRetry(() => get(url), {
        ...clock.injected,
        baseDelayMs: 700,
        jitter: 'none',
        retryAfterMs: () => told.shift() ?? null,
      });
      same(clock.waits, [700, 1_400], 'waits');
    },
  },
  {
    title: 'a wait that ends exactly with the budget is started, a longer one is not',
    replies: repeat(503, 7),
    requests: 7,
    run: async (url) => {
      for (const [maxElapsedMs, waits] of [
        [7_000, [1_000, 2_000, 4_000]],
        [6_999, [1_000, 2_000]],
      ] as const) {
        const clock = fakeClock();
        const options = {
          ...clock.injected,
          baseDelayMs: 1_000,
          jitter: 'none',
          maxElapsedMs,
        } as const;
        const error = await failureOf(withRetry(() => get(url), options));
        const exhausted = sameExhausted(error, 'budget', waits.length + 1, 503);
        same(clock.waits, waits, 'waits');
        same(exhausted.elapsedMs, waits.length === 3 ? 7_000 : 3_000, 'elapsed when giving up');
      }
    },
  },
  {
    title: 'what an attempt takes counts towards the budget',
    replies: repeat(503, 2),
    requests: 2,
    run: async (url) => {
      const clock = fakeClock();
      const slow = () => {
        clock.pass(900);
        return get(url);
      };
      const options = { ...clock.injected, baseDelayMs: 100, jitter: 'none' } as const;
      const error = await failureOf(withRetry(slow, { ...options, maxElapsedMs: 2_000 }));
      same(sameExhausted(error, 'budget', 2, 503).elapsedMs, 1_900, 'elapsed');
      same(clock.waits, [100], 'waits');
    },
  },
  {
    title: 'a told wait past the budget gives up at once',
    replies: [{ status: 429, headers: { 'retry-after': '50' } }],
    requests: 1,
    run: async (url) => {
      const clock = fakeClock();
      const options = { ...clock.injected, maxElapsedMs: 49_999, retryAfterMs };
      sameExhausted(await failureOf(withRetry(() => get(url), options)), 'budget', 1, 429);
      same(clock.waits, [], 'waits');
    },
  },
  {
    title: 'the default budget ends below the 150 s of an edge function',
    replies: repeat(503, 20),
    requests: 6,
    run: async (url) => {
      const clock = fakeClock();
      const delays = { baseDelayMs: 25_000, maxDelayMs: 25_000, jitter: 'none' } as const;
      const slow = () => {
        clock.pass(1_000);
        return get(url);
      };
      const options = { ...clock.injected, ...delays, maxAttempts: 20 };
      const error = await failureOf(withRetry(slow, options));
      const { elapsedMs } = sameExhausted(error, 'budget', 6, 503);
      if (elapsedMs > 140_000) throw new Error(`gave up after ${elapsedMs} ms`);
    },
  },
  {
    title: 'half of the delay is left to chance by default, all of it with full jitter',
    replies: [...repeat(503, 3), OK, ...repeat(503, 3), OK],
    requests: 8,
    run: async (url) => {
      for (const [jitter, waits] of [
        [undefined, [500, 1_500, 3_000]],
        ['full', [0, 1_000, 2_000]],
      ] as const) {
        const clock = fakeClock();
        const draws = [0, 0.5, 0.5];
        const random = () => draws.shift() ?? 0;
        await withRetry(() => get(url), { ...clock.injected, baseDelayMs: 1_000, jitter, random });
        same(clock.waits, waits, `waits with jitter ${jitter ?? 'by default'}`);
      }
    },
  },
  {
    title: 'each attempt learns its number, and each wait is told beforehand',
    replies: [{ status: 500 }, { status: 503 }, OK],
    requests: 3,
    run: async (url) => {
      const clock = fakeClock();
      const attempts: number[] = [];
      const told: unknown[] = [];
      const onRetry = ({ attempt, delayMs, error }: RetryNotice) => {
        const status = error instanceof HttpError ? error.status : null;
        told.push([attempt, delayMs, status, clock.waits.length]);
      };
      const options = { ...clock.injected, baseDelayMs: 100, jitter: 'none', onRetry } as const;
      await withRetry(({ attempt, signal }) => {
        attempts.push(attempt);
        return get(url, signal);
      }, options);
      same(attempts, [1, 2, 3], 'attempts');
      same(
        told,
        [
          [1, 100, 500, 0],
          [2, 200, 503, 1],
        ],
        'told',
      );
    },
  },
  {
    title: 'waits on the real clock when nothing is injected',
    replies: [...repeat(503, 2), OK],
    requests: 3,
    run: async (url) => {
      const startedAt = performance.now();
      await withRetry(() => get(url), { baseDelayMs: 40, jitter: 'none' });
      const elapsedMs = performance.now() - startedAt;
      // Timers may fire up to a millisecond early.
      if (elapsedMs < 118) throw new Error(`waited only ${elapsedMs} of 120 ms`);
    },
  },
  {
    title: 'an abort before the start keeps the first attempt from being made',
    replies: [OK],
    requests: 0,
    run: async (url) => {
      const reason = new Error('shutting down');
      const signal = AbortSignal.abort(reason);
      const failure = await failureOf(withRetry(() => get(url), { signal }));
      if (failure !== reason) throw new Error("expected the signal's reason");
    },
  },
  {
    // Had the timer been left behind, the process would not end: under Deno, that is a time-out.
    title: 'an abort ends a wait at once and leaves no listener',
    replies: [{ status: 503 }, OK],
    requests: 1,
    run: async (url) => {
      const reason = new Error('shutting down');
      const controller = new AbortController();
      const { signal } = controller;
      const listeners = countListeners(signal);
      const failure = await failureOf(
        withRetry(() => get(url), {
          signal,
          baseDelayMs: 120_000,
          maxDelayMs: 120_000,
          jitter: 'none',
          onRetry: () => queueMicrotask(() => controller.abort(reason)),
        }),
      );
      if (failure !== reason) throw new Error("expected the signal's reason");
      same(listeners.count(), 0, 'listeners left');
    },
  },
  {
    title: 'an abort while an attempt runs is the failure, whatever the attempt makes of it',
    replies: [{ status: 200, isUnfinished: true }],
    requests: 1,
    run: async (url) => {
      const reason = new Error('shutting down');
      const controller = new AbortController();
      const readBody = async ({ signal }: { signal: AbortSignal }) => {
        const response = await fetch(url, { signal });
        controller.abort(reason);
        await response.text().catch(() => {
          throw new TypeError('cut');
        });
      };
      let notices = 0;
      const failure = await failureOf(
        withRetry(readBody, {
          signal: controller.signal,
          isTransient: () => true,
          onRetry: () => void (notices += 1),
        }),
      );
      if (failure !== reason) throw new Error("expected the signal's reason");
      same(notices, 0, 'waits told');
    },
  },
  {
    title: 'an attempt that succeeds in spite of an abort has succeeded',
    replies: [OK],
    requests: 1,
    run: async (url) => {
      const controller = new AbortController();
      const stubborn = async () => {
        const status = await get(url);
        controller.abort();
        return status;
      };
      same(await withRetry(stubborn, { signal: controller.signal }), 200, 'result');
    },
  },
  {
    title: 'options that make no sense are refused before anything is sent',
    replies: [OK],
    requests: 0,
    run: async (url) => {
      const nonsense = [
        { maxAttempts: 0 },
        { maxAttempts: 1.5 },
        { maxAttempts: Number.POSITIVE_INFINITY },
        { baseDelayMs: -1 },
        { baseDelayMs: Number.NaN },
        { baseDelayMs: 2_000, maxDelayMs: 1_000 },
        { maxDelayMs: 2 ** 31 },
        { maxElapsedMs: -1 },
        { maxElapsedMs: Number.POSITIVE_INFINITY },
        { maxRetryAfterMs: -1 },
        { maxRetryAfterMs: 2 ** 31 },
        { jitter: 'some' as 'full' },
      ];
      for (const options of nonsense) {
        const failure = await failureOf(withRetry(() => get(url), options));
        if (!(failure instanceof RangeError)) throw new Error(JSON.stringify(options));
      }
    },
  },
];
