/** Limits and outages of contract 2.6 and 7.9: what they leave of a send. */
import t from 'tap';
import { claim, startWorld } from './support/business-central.ts';
import { waitFor } from './support/wait-for.ts';

const world = await startWorld({ maxBodyBytes: 200_000 });
t.teardown(() => world.sandbox.close());
t.beforeEach(() => world.sandbox.reset());
const one = claim(1);

void t.test('too many requests apply nothing, with and without a time to wait', async (t) => {
  for (const [retry_after, retryAfterMs] of [
    [null, null],
    ['7', 7000],
  ] as const) {
    // The sign-in isn't counted; the look for the journal is, and the rest is refused.
    world.sandbox.setRateLimit({ max_requests: 1, window_ms: 600_000, retry_after });
    t.match(await world.submit(world.batch([one])), [
      { outcome: 'not_applied', failure: 'throttled', httpStatus: 429, retryAfterMs },
    ]);
    world.sandbox.setRateLimit(null);
    world.sandbox.faults.add({
      kind: 'status',
      status: 429,
      path: '\\$batch',
      ...(retry_after === null ? { body: null } : { retry_after }),
    });
    t.match(await world.submit(world.batch([one])), [
      { outcome: 'not_applied', failure: 'throttled', httpStatus: 429, retryAfterMs },
    ]);
    t.equal(world.sandbox.effects(one.reference), 0);
  }
  t.match(await world.submit(world.batch([one])), [{ outcome: 'accepted' }]);
});

void t.test('an outage is unknown, and waited for as it says', async (t) => {
  for (const status of [502, 503]) {
    world.sandbox.reset();
    world.sandbox.faults.add({ kind: 'status', status, path: '\\$batch', retry_after: '20' });
    t.match(await world.submit(world.batch([one])), [
      { outcome: 'unknown', failure: null, httpStatus: status, retryAfterMs: 20_000 },
    ]);
    t.match(await world.ask(world.batch([one])), [{ outcome: 'absent', collides: true }]);
  }
});

void t.test('what is applied after 408 or 504 is met by a second send, and found', async (t) => {
  for (const status of [408, 504]) {
    world.sandbox.reset();
    const batch = world.batch([one]);
    world.sandbox.faults.add({ kind: 'apply_late', status, delay_ms: 400, path: '\\$batch' });
    t.match(await world.submit(batch), [{ outcome: 'unknown', httpStatus: status }]);
    await waitFor(() => world.sandbox.effects(one.reference) === 1, { timeoutMs: 60_000 });
    t.match(await world.submit(batch), [{ outcome: 'unknown' }]);
    t.match(await world.ask(batch), [{ outcome: 'found' }]);
    t.equal(world.sandbox.effects(one.reference), 1);
  }
});

void t.test('a body that is too large is refused, and nothing of it is there', async (t) => {
  // A hundred lines, with what JSON writes for each.
  const small = await startWorld({ maxBodyBytes: 10_000 });
  t.teardown(() => small.sandbox.close());
  t.match(await small.submit(small.batch([claim(1, 99)])), [
    { outcome: 'rejected', httpStatus: 413 },
  ]);
  t.same(small.journals()[0]?.lines, []);
});

void t.test('no envelope has more operations than are taken', async (t) => {
  const claims = [claim(1, 99), claim(2, 99), claim(3, 50), claim(4, 49)];
  const results = await world.submit(world.batch(claims));
  t.ok(results.every(({ outcome }) => outcome === 'accepted'));
  t.equal(Math.max(...results.map(({ envelopeNo }) => envelopeNo)), 4);
  // Were there ever one more, its answer would leave it open.
  world.sandbox.reset();
  const message = "The batch holds more than the maximum number of '100' query operations allowed.";
  world.sandbox.faults.add({
    kind: 'status',
    status: 500,
    path: '\\$batch',
    body: { error: { code: 'Internal_ServerError', message } },
  });
  t.match(await world.submit(world.batch([one])), [{ outcome: 'unknown', httpStatus: 500 }]);
});
