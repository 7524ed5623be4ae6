import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import t from 'tap';
import { abortableSleep, backoffDelay, RetryExhaustedError, withRetry } from '../with-retry.ts';
import { retryCases, scriptReplies } from './with-retry-cases.ts';

const script = scriptReplies(retryCases);
const server = createServer((request, response) => {
  const reply = script.next(request.url ?? '');
  response.writeHead(reply.status, reply.headers);
  if (reply.isUnfinished === true) response.write('…');
  else response.end();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
t.teardown(() => {
  server.closeAllConnections();
  server.close();
});

for (const [index, { title, requests, run }] of retryCases.entries()) {
  void t.test(title, async (t) => {
    await run(`http://127.0.0.1:${port}/${index}`);
    t.equal(script.counts[index], requests, 'so many requests arrived');
  });
}

const backoffs = fc
  .tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000_000 }))
  .map(([baseDelayMs, more]) => ({ baseDelayMs, maxDelayMs: baseDelayMs + more }));
const attempts = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 31 }));
const draws = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

void t.test('without jitter, a delay is the base doubled per attempt, up to the maximum', (t) => {
  fc.assert(
    fc.property(attempts, backoffs, (attempt, { baseDelayMs, maxDelayMs }) => {
      let expected = baseDelayMs;
      for (let n = 1; n < attempt && n < 64; n += 1) expected = Math.min(expected * 2, maxDelayMs);
      const options = { baseDelayMs, maxDelayMs, random: Math.random };
      return backoffDelay(attempt, { ...options, jitter: 'none' }) === expected;
    }),
  );
  t.pass('for any base, maximum and attempt');
  t.end();
});

void t.test(
  'equal jitter takes from half to all of the delay, full jitter from none to all',
  (t) => {
    fc.assert(
      fc.property(attempts, backoffs, draws, (attempt, backoff, draw) => {
        const options = { ...backoff, random: () => draw };
        const whole = backoffDelay(attempt, { ...options, jitter: 'none' });
        const equal = backoffDelay(attempt, { ...options, jitter: 'equal' });
        const full = backoffDelay(attempt, { ...options, jitter: 'full' });
        return (
          [equal, full].every(Number.isInteger) &&
          equal >= whole / 2 &&
          equal <= whole &&
          full >= 0 &&
          full <= whole &&
          // Chance decides over the whole range, not over a part of it (within the rounding).
          Math.abs(equal - (whole / 2) * (1 + draw)) <= 0.5 &&
          Math.abs(full - whole * draw) <= 0.5
        );
      }),
    );
    t.pass('for any base, maximum, attempt and draw');
    t.end();
  },
);

void t.test('a delay is refused for an attempt or options that make no sense', (t) => {
  const good = { baseDelayMs: 1, maxDelayMs: 2, jitter: 'none', random: Math.random } as const;
  for (const attempt of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    t.throws(() => backoffDelay(attempt, good), RangeError, `attempt ${attempt}`);
  }
  t.throws(() => backoffDelay(1, { ...good, baseDelayMs: 3 }), RangeError, 'base over maximum');
  t.throws(() => backoffDelay(1, { ...good, jitter: 'all' as 'full' }), RangeError, 'jitter');
  t.end();
});

void t.test(
  'no wait ever ends past the budget, and no attempt is made past the limit',
  async (t) => {
    const limits = fc.record({
      maxAttempts: fc.integer({ min: 1, max: 12 }),
      maxElapsedMs: fc.integer({ min: 0, max: 100_000 }),
      maxRetryAfterMs: fc.integer({ min: 0, max: 50_000 }),
      jitter: fc.constantFrom('equal', 'none', 'full'),
    });
    const told = fc.option(fc.integer({ min: 0, max: 200_000 }));
    const takes = fc.integer({ min: 0, max: 5_000 });
    await fc.assert(
      fc.asyncProperty(backoffs, limits, told, takes, async (backoff, limit, told, takes) => {
        let nowMs = 0;
        let calls = 0;
        const outcome = withRetry(
          () => {
            calls += 1;
            nowMs += takes;
            throw new Error('busy');
          },
          {
            ...backoff,
            ...limit,
            isTransient: () => true,
            retryAfterMs: () => told,
            now: () => nowMs,
            sleep: (delayMs) => {
              nowMs += delayMs;
              return nowMs <= limit.maxElapsedMs ? Promise.resolve() : Promise.reject(new Error());
            },
          },
        );
        const error: unknown = await outcome.catch((error: unknown) => error);
        if (!(error instanceof RetryExhaustedError)) return false;
        const { reason, attempts, elapsedMs } = error;
        return (
          attempts === calls &&
          calls <= limit.maxAttempts &&
          (reason === 'attempts') === (calls === limit.maxAttempts) &&
          elapsedMs === nowMs
        );
      }),
    );
    t.pass('for any limits, told waits and slowness');
  },
);

void t.test('a sleep leaves neither timer nor listener, however it ends', async (t) => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const controller = new AbortController();
  const { signal } = controller;
  const before = timers();

  await abortableSleep(1, signal);
  t.equal(getEventListeners(signal, 'abort').length, 0, 'no listener after waking up');

  const reason = new Error('shutting down');
  const sleeping = abortableSleep(120_000, signal);
  t.equal(timers(), before + 1, 'a timer runs');
  t.equal(getEventListeners(signal, 'abort').length, 1, 'a listener waits');
  controller.abort(reason);
  await t.rejects(sleeping, reason, "the signal's reason");
  t.equal(timers(), before, 'no timer after an abort');
  t.equal(getEventListeners(signal, 'abort').length, 0, 'no listener after an abort');

  await t.rejects(abortableSleep(120_000, signal), reason, 'aborted before');
  t.equal(timers(), before, 'no timer');
  t.equal(getEventListeners(signal, 'abort').length, 0, 'no listener');
});

void t.test('the message of giving up does not repeat what the remote said', async (t) => {
  const cause = Object.assign(new Error('Kari Nordmann is unknown'), { status: 503 });
  const outcome = withRetry(() => Promise.reject(cause), { maxAttempts: 1 });
  const error: unknown = await outcome.catch((error: unknown) => error);
  t.ok(error instanceof RetryExhaustedError && error.cause === cause, 'the error is the cause');
  t.notMatch(String(error), 'Nordmann');
});
