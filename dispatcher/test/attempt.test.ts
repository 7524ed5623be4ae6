/** One attempt, from the batch to the rows for the trail. */
import t from 'tap';

import type { Adapter, AttemptResult } from '../adapters/adapter.ts';
import { runAttempt, runQuestion, type Circumstances } from '../attempt.ts';
import { LeaseClock } from '../lease-clock.ts';
import type { Log, LogFields } from '../log.ts';
import type { ResultRow } from '../queue.ts';
import { DEFAULT_CLIENT } from '../adapters/business-central/sandbox/options.ts';
import { claim, startWorld } from './support/business-central.ts';

const world = await startWorld();
t.teardown(() => world.sandbox.close());
t.beforeEach(() => {
  world.sandbox.reset();
});

/** A lease that holds for a minute, and a log that is kept. */
function circumstancesOf(claims: readonly ReturnType<typeof claim>[], adapter = world.adapter) {
  const clock = new LeaseClock();
  clock.set(60_000);
  const logged: (LogFields & { event: string })[] = [];
  const log: Log = (_level, event, fields) => void logged.push({ event, ...fields });
  const circumstances: Circumstances = {
    start: {
      isStarted: true,
      attemptNo: 1,
      batch: { ...world.batch(claims), credentialRef: 'hlf-bc' },
      leaseMs: 60_500,
      sendTimeoutMs: 20_000,
    },
    clock,
    adapter,
    credential: DEFAULT_CLIENT,
    config: { allowPrivateEndpoints: true, maxBodyBytes: 5_000_000 },
    log,
    signal: new AbortController().signal,
  };
  return { circumstances, logged };
}

/** Runs an attempt whose results the database takes as told; the rows, in order. */
async function attempt(
  circumstances: Circumstances,
  isOurs: (rows: readonly ResultRow[]) => boolean = () => true,
): Promise<ResultRow[]> {
  const recorded: ResultRow[] = [];
  await runAttempt({
    ...circumstances,
    record: (rows) => {
      recorded.push(...rows);
      return Promise.resolve(isOurs(rows));
    },
  });
  return recorded;
}

// Too many lines for one envelope.
const one = claim(1, 90);
const two = claim(2, 90);
const three = claim(3, 90);
/** Requests that change the books: lines, and their dimensions. */
const written = () =>
  world.sandbox.requests.filter(({ method, path }) => method === 'POST' && path.includes('$batch'))
    .length;

await t.test('while the run is ours, envelope after envelope is sent', async (t) => {
  const { circumstances } = circumstancesOf([one, two, three]);
  const rows = await attempt(circumstances);
  t.same(
    rows.map(({ envelope_no: no, outcome }) => [no, outcome]),
    [
      [1, 'accepted'],
      [2, 'accepted'],
      [3, 'accepted'],
    ],
  );
  t.same(
    [one, two, three].map(({ reference }) => world.sandbox.effects(reference)),
    [1, 1, 1],
  );
});

await t.test('once a result is recorded late, nothing more is written', async (t) => {
  const { circumstances } = circumstancesOf([one, two, three]);
  let writtenByThen = 0;
  const rows = await attempt(circumstances, () => {
    writtenByThen ||= written();
    return false;
  });
  t.ok(writtenByThen > 0, 'the first envelope was sent');
  t.equal(written(), writtenByThen, 'and nothing after it');
  t.same(
    [one, two, three].map(({ reference }) => world.sandbox.effects(reference)),
    [1, 0, 0],
  );
  t.match(rows[0], { outcome: 'accepted', claim_ids: [one.claim_id] });
  t.same(
    rows.slice(1).map(({ outcome }) => outcome),
    rows.slice(1).map(() => 'not_applied'),
    'what was held back is told as certainly not applied',
  );
  t.same(
    rows.flatMap(({ claim_ids: ids }) => ids).sort(),
    [one, two, three].map(({ claim_id: id }) => id),
    'each claim is told about once',
  );
});

/** An adapter that the system refuses, as after a secret was rotated there. */
const refused: Adapter = {
  ...world.adapter,
  async submit({ openClaimIds }, { http }, report) {
    await http.request({ method: 'GET', url: 'http://127.0.0.1:1/' });
    await http.request({ method: 'GET', url: 'http://127.0.0.1:1/' });
    await report([
      {
        claimIds: openClaimIds,
        outcome: 'not_applied',
        envelopeNo: 1,
        httpStatus: 401,
        errorMessage: 'refused',
        externalIds: {},
        wireSha256: null,
        failure: 'configuration',
        retryAfterMs: null,
      },
    ]);
  },
};

await t.test('a refusal pauses, but not if the secret was rotated meanwhile', async (t) => {
  const { circumstances } = circumstancesOf([one], refused);
  const failureWith = async (secret: Circumstances['credential']) => {
    const readCredential = () => Promise.resolve(secret);
    const [row] = await attempt({ ...circumstances, readCredential });
    return row?.failure;
  };
  t.equal(await failureWith(DEFAULT_CLIENT), 'configuration');
  t.equal(await failureWith('it is gone'), 'configuration');
  t.equal(await failureWith({ ...DEFAULT_CLIENT, client_secret: 'the new one' }), null);
});

await t.test(
  'the switch for private addresses is loud once for each use, else silent',
  async (t) => {
    const { circumstances, logged } = circumstancesOf([one], refused);
    const warnings = () => logged.filter(({ event }) => event === 'address.unchecked');
    await attempt(circumstances);
    t.match(warnings(), [{ host: '127.0.0.1:1', message: /ALLOW_PRIVATE_ENDPOINTS/ }]);
    await attempt(circumstances);
    t.equal(warnings().length, 2);
    await attempt({
      ...circumstances,
      config: { ...circumstances.config, allowPrivateEndpoints: false },
    });
    t.equal(warnings().length, 2);
  },
);

/** An adapter that quotes the payload while it fails, after having sent lines or before. */
function failing(hasSent: boolean): Adapter {
  const fail = (): never => {
    throw new TypeError('Kari Nordmann of kari@example.org travels to secret free text');
  };
  return {
    system: 'business_central',
    async submit(batch, { http }) {
      await http.request({
        method: 'POST',
        url: batch.endpoint,
        body: '{}',
        carriesLines: hasSent,
      });
      fail();
    },
    async findExisting() {
      await Promise.resolve();
      return fail();
    },
    preview: () => fail(),
    async check() {
      await Promise.resolve();
      return fail();
    },
  };
}

for (const [hasSent, outcome] of [
  [false, 'not_applied'],
  [true, 'unknown'],
] as const) {
  await t.test(
    `an adapter that fails ${hasSent ? 'after' : 'before'} lines are sent leaves ${outcome}`,
    async (t) => {
      const { circumstances, logged } = circumstancesOf([one], failing(hasSent));
      const rows = await attempt(circumstances);
      t.match(rows, [{ outcome, claim_ids: [one.claim_id], envelope_no: 0 }]);
      t.notMatch(rows[0]?.error_message, /Kari|Nordmann|secret free/, 'the row is masked');
      const [failed] = logged.filter(({ event }) => event === 'adapter.failed');
      t.match(failed, { run_id: circumstances.start.batch.runId, message: 'TypeError' });
      t.notMatch(JSON.stringify(logged), /Kari|kari@|secret free/, 'the log tells its kind alone');
    },
  );
}

await t.test('an adapter that fails while asking leaves it unclear', async (t) => {
  const { circumstances, logged } = circumstancesOf([one], failing(false));
  const rows = await runQuestion(circumstances);
  t.match(rows, [{ outcome: 'unclear', claim_ids: [one.claim_id], failure: null }]);
  t.notMatch(JSON.stringify(logged), /Kari|kari@|secret free/, 'the log tells its kind alone');
});

await t.test('claims that an adapter forgot are told about all the same', async (t) => {
  const told: AttemptResult = {
    envelopeNo: 1,
    outcome: 'accepted',
    claimIds: [one.claim_id],
    httpStatus: 200,
    errorMessage: null,
    externalIds: {},
    wireSha256: null,
    failure: null,
    retryAfterMs: null,
  };
  const forgetful: Adapter = {
    ...failing(false),
    submit: (_batch, _context, report) => report([told]),
  };
  const rows = await attempt(circumstancesOf([one, two], forgetful).circumstances);
  t.match(rows, [
    { outcome: 'accepted', claim_ids: [one.claim_id] },
    { outcome: 'not_applied', claim_ids: [two.claim_id] },
  ]);
});

await t.test('claims that a question forgot are unclear, not absent', async (t) => {
  const silent: Adapter = { ...failing(false), findExisting: () => Promise.resolve([]) };
  const rows = await runQuestion(circumstancesOf([one, two], silent).circumstances);
  t.match(rows, [{ outcome: 'unclear', claim_ids: [one.claim_id, two.claim_id], failure: null }]);
});

t.end();
