import t from 'tap';
import type { AttemptResult } from '../adapters/adapter.ts';
import { claim, startWorld } from './support/business-central.ts';
import { waitFor } from './support/wait-for.ts';

const world = await startWorld();
t.teardown(() => world.sandbox.close());
t.beforeEach(() => world.sandbox.reset());

const [one, two] = [claim(1), claim(2)];
const outcomes = (results: readonly AttemptResult[]) =>
  results.map(({ outcome, failure, claimIds }) => [outcome, failure, claimIds.length]);
/** The answer of a list that holds nothing. */
const nothing = { kind: 'status', status: 200, method: 'GET', body: { value: [] } } as const;
const signIns = () => world.sandbox.requests.filter(({ path }) => path.endsWith('/token')).length;
/** An envelope that is answered by one sub-answer without a body. */
const subAnswer = (status: number) =>
  ({
    kind: 'status',
    status: 200,
    path: '\\$batch',
    body: { responses: [{ id: '1', status }] },
  }) as const;
const apiPosts = () => world.sandbox.requests.filter(({ path }) => path.includes('$batch')).length;

void t.test('accepts what was read back, with lines, dimensions and the ids of both', async (t) => {
  const results = await world.submit(world.batch([one, two]));
  t.match(results, [{ outcome: 'accepted', failure: null, httpStatus: 200, errorMessage: null }]);
  const [journal] = world.journals();
  t.match(journal, { code: /^[A-Z]{10}$/ });
  t.match(
    journal?.lines.map(({ lineNumber, accountNumber, amount, documentNumber, dimensions }) => [
      lineNumber,
      accountNumber,
      amount,
      documentNumber,
      dimensions,
    ]),
    [
      [10_000, '7100', 100.1, 'HLF-C-01', [{ code: 'AVDELING', value: '100' }]],
      [20_000, '7150', 100.1, 'HLF-C-01', []],
      [30_000, '2910', -200.2, 'HLF-C-01', []],
      [40_000, '7100', 100.1, 'HLF-C-02', [{ code: 'AVDELING', value: '100' }]],
      [50_000, '7150', 100.1, 'HLF-C-02', []],
      [60_000, '2910', -200.2, 'HLF-C-02', []],
    ],
  );
  t.same(results[0]?.externalIds, {
    run: [`journal:${journal?.id ?? ''}`],
    [one.claim_id]: journal?.lines.slice(0, 3).map(({ id }) => id),
    [two.claim_id]: journal?.lines.slice(3).map(({ id }) => id),
  });
  t.match(results[0]?.wireSha256, /^[0-9a-f]{64}$/);
  t.notMatch(JSON.stringify(journal), /secret free text/);
});

void t.test(
  'sends settled claims no more, and keeps the line numbers of the open ones',
  async (t) => {
    const batch = world.batch([one, two], { openClaimIds: [two.claim_id] });
    t.match(await world.submit(batch), [{ outcome: 'accepted', claimIds: [two.claim_id] }]);
    t.same(
      world.journals()[0]?.lines.map(({ lineNumber }) => lineNumber),
      [40_000, 50_000, 60_000],
    );
    t.match(
      await world.submit(world.batch([one, two], { openClaimIds: [one.claim_id] })),
      [{ outcome: 'accepted', claimIds: [one.claim_id] }],
      'lines of settled claims in the journal are no obstacle',
    );
  },
);

void t.test('uses an empty journal with our code again', async (t) => {
  world.sandbox.faults.add({ kind: 'status', status: 429, path: '\\$batch', retry_after: '7' });
  t.match(await world.submit(world.batch([one])), [
    { outcome: 'not_applied', failure: 'throttled', httpStatus: 429, retryAfterMs: 7000 },
  ]);
  t.match(await world.submit(world.batch([one])), [{ outcome: 'accepted' }]);
  t.equal(world.journals().length, 1);
  t.equal(world.sandbox.effects(one.reference), 1);
});

void t.test('never sends again what is in the journal or in the ledger', async (t) => {
  await world.submit(world.batch([one]));
  t.match(await world.submit(world.batch([one])), [{ outcome: 'unknown', wireSha256: null }]);
  await world.post();
  t.match(await world.submit(world.batch([one])), [{ outcome: 'unknown', wireSha256: null }]);
  const elsewhere = world.batch([one], { batchKey: 'f'.repeat(64) });
  t.match(await world.submit(elsewhere), [{ outcome: 'unknown', wireSha256: null }]);
  t.equal(apiPosts(), 2, 'lines and dimensions of the first time');
  t.equal(world.sandbox.effects(one.reference), 1);
});

void t.test('rejects the claim that was refused and undoes its siblings', async (t) => {
  const wrong = claim(3, 2, 'wrong');
  const results = await world.submit(world.batch([one, wrong, two]));
  t.match(results, [
    { outcome: 'rejected', claimIds: [wrong.claim_id], httpStatus: 400, failure: null },
    { outcome: 'not_applied', failure: 'undone', claimIds: [one.claim_id, two.claim_id] },
  ]);
  t.match(results[0]?.errorMessage, /Application_DialogException: The "accountNumber"/);
  t.same(world.journals()[0]?.lines, []);
});

void t.test('a refused claim does not hold back the next envelope', async (t) => {
  const claims = [claim(3, 90, 'wrong'), claim(4, 90)];
  t.same(outcomes(await world.submit(world.batch(claims))), [
    ['rejected', null, 1],
    ['accepted', null, 1],
  ]);
});

void t.test('packs whole claims into envelopes of at most 100 lines', async (t) => {
  const results = await world.submit(world.batch([claim(1, 49), claim(2, 49), claim(3, 1)]));
  t.same(
    results.map(({ envelopeNo, outcome }) => [envelopeNo, outcome]),
    [
      [1, 'accepted'],
      [2, 'accepted'],
    ],
  );
  t.not(results[0]?.wireSha256, results[1]?.wireSha256);
});

void t.test('what an envelope leaves open stops those after it', async (t) => {
  world.sandbox.faults.add({ kind: 'status', status: 503, path: '\\$batch' });
  const results = await world.submit(world.batch([claim(1, 90), claim(2, 90)]));
  t.match(results, [
    { outcome: 'unknown', envelopeNo: 1, httpStatus: 503, wireSha256: /^[0-9a-f]{64}$/ },
    { outcome: 'not_applied', envelopeNo: 2, failure: 'undone', wireSha256: null },
  ]);
});

void t.test('whatever may have been applied is unknown, and found by asking', async (t) => {
  for (const fault of [
    { kind: 'drop_after' },
    { kind: 'drop_midway' },
    { kind: 'truncate_body' },
    { kind: 'status', status: 500, apply: true },
    { kind: 'status', status: 408, apply: true },
  ] as const) {
    world.sandbox.reset();
    world.sandbox.faults.add({ ...fault, path: '\\$batch' });
    t.match(await world.submit(world.batch([one])), [{ outcome: 'unknown', failure: null }]);
    t.match(await world.ask(world.batch([one])), [{ outcome: 'found' }], JSON.stringify(fault));
    t.equal(world.sandbox.effects(one.reference), 1);
  }
});

void t.test('a success that kept nothing is unknown, and absent when asked for', async (t) => {
  world.sandbox.faults.add({ kind: 'lie_201', path: '\\$batch' });
  t.match(await world.submit(world.batch([one])), [{ outcome: 'unknown', httpStatus: 200 }]);
  t.match(await world.ask(world.batch([one])), [{ outcome: 'absent', collides: true }]);
});

void t.test('a failed read-back leaves the outcome unknown, whatever its status', async (t) => {
  for (const status of [401, 403, 404, 429, 500]) {
    world.sandbox.reset();
    world.sandbox.faults.add({
      kind: 'status',
      status,
      method: 'GET',
      path: 'journalLines',
      times: 2,
    });
    t.match(
      await world.submit(world.batch([one])),
      [{ outcome: 'unknown', failure: null, httpStatus: status }],
      String(status),
    );
  }
});

void t.test('refused dimensions leave their claims unknown, and others accepted', async (t) => {
  const misplaced = claim(3, 2, 'misplaced');
  t.match(await world.submit(world.batch([claim(1, 1, 'meals'), misplaced])), [
    { outcome: 'accepted', claimIds: [one.claim_id] },
    { outcome: 'unknown', claimIds: [misplaced.claim_id], errorMessage: /Dimension Value/ },
  ]);
});

void t.test('what stops an attempt before its lines leaves them unsent', async (t) => {
  const cases = [
    [{ path: '/journals\\?', status: 403 }, 'not_applied', 'configuration'],
    [{ path: '/journals\\?', status: 301 }, 'not_applied', 'configuration'],
    [{ path: '/journals\\?', status: 404 }, 'not_applied', 'configuration'],
    [{ path: '/journals\\?', status: 429 }, 'not_applied', 'throttled'],
    [{ path: '/journals\\?', status: 500 }, 'unknown', null],
    [{ path: '/journals$', status: 500 }, 'unknown', null],
    [{ path: '/journals$', status: 405 }, 'not_applied', 'configuration'],
    [{ path: '/token$', status: 400 }, 'not_applied', 'configuration'],
    [{ path: '/journals\\?', status: 400 }, 'not_applied', 'configuration'],
    [{ path: '/journals$', status: 400 }, 'not_applied', 'configuration'],
    [{ path: 'generalLedger', status: 400 }, 'not_applied', 'configuration'],
    [{ path: '\\$batch', status: 400 }, 'rejected', null],
    [{ path: '\\$batch', status: 400, body: '<html>' }, 'unknown', null],
    [{ path: '\\$batch', status: 422, body: null }, 'unknown', null],
    [{ path: '\\$batch', status: 413 }, 'rejected', null],
    [{ path: '\\$batch', status: 403 }, 'not_applied', 'configuration'],
    [{ path: '\\$batch', status: 409 }, 'unknown', null],
  ] as const;
  for (const [fault, outcome, failure] of cases) {
    world.sandbox.reset();
    // The reset killed the token that the adapter holds, so each round asks for a new one.
    world.sandbox.faults.add({ kind: 'status', ...fault });
    const label = JSON.stringify(fault);
    t.match(await world.submit(world.batch([one])), [{ outcome, failure }], label);
    t.equal(world.sandbox.effects(one.reference), 0);
  }
});

void t.test('a journal created meanwhile is met and used', async (t) => {
  world.sandbox.faults.add({ ...nothing, path: '/journals\\?' });
  await world.submit(world.batch([two]));
  world.sandbox.faults.add({ ...nothing, path: '/journals\\?' });
  t.match(await world.submit(world.batch([two])), [{ outcome: 'unknown', wireSha256: null }]);
  world.sandbox.faults.add({ ...nothing, path: '/journals\\?' });
  const both = world.batch([two, claim(5)], { openClaimIds: [claim(5).claim_id] });
  t.match(await world.submit(both), [{ outcome: 'accepted' }]);
  t.equal(world.journals().length, 1);
});

void t.test('a taken line number is unknown, also under the code Unknown', async (t) => {
  const vague = await startWorld({ batchErrorsAreUnknown: true });
  t.teardown(() => vague.sandbox.close());
  for (const { sandbox, ...played } of [world, vague]) {
    const batch = played.batch([one]);
    await played.submit(batch);
    // The lines got in between our look and our send.
    sandbox.faults.add({ ...nothing, path: 'journalLines' });
    const results = await played.submit(batch);
    t.match(results, [{ outcome: 'unknown', wireSha256: /^[0-9a-f]{64}$/ }]);
    t.match(results[0]?.errorMessage, /Line already exists/);
    t.match(await played.ask(batch), [{ outcome: 'found' }]);
    t.equal(sandbox.effects(one.reference), 1);
  }
});

void t.test('a dead token is renewed once, and a refused sign-in pauses', async (t) => {
  await world.submit(world.batch([two]));
  world.sandbox.revokeTokens();
  t.match(await world.submit(world.batch([one], { batchKey: 'a'.repeat(64) })), [
    { outcome: 'accepted' },
  ]);
  world.sandbox.reset();
  t.match(await world.submit(world.batch([one]), { clientSecret: 'wrong' }), [
    { outcome: 'not_applied', failure: 'configuration', httpStatus: 401, wireSha256: null },
  ]);
});

void t.test('a token that dies within an envelope is renewed by the next attempt', async (t) => {
  world.sandbox.faults.add(subAnswer(401));
  t.match(await world.submit(world.batch([one])), [
    { outcome: 'not_applied', failure: 'throttled', httpStatus: 401 },
  ]);
  t.equal(signIns(), 1);
  world.sandbox.faults.add({ ...subAnswer(401), skip: 1 });
  t.match(
    await world.submit(world.batch([one])),
    [{ outcome: 'unknown', failure: null, httpStatus: 401 }],
    'while dimensions are set',
  );
  t.equal(signIns(), 2);
  t.match(await world.ask(world.batch([one])), [{ outcome: 'found' }]);
  t.equal(signIns(), 3);
});

void t.test('an operation that is answered by its status alone is understood', async (t) => {
  world.sandbox.faults.add(subAnswer(429));
  t.match(await world.submit(world.batch([one])), [
    { outcome: 'not_applied', failure: 'throttled', httpStatus: 429 },
  ]);
});

void t.test('a token is kept for those who have the same secret', async (t) => {
  const batch = (digit: string) =>
    world.batch([claim(10 + Number(digit))], { batchKey: digit.repeat(64) });
  for (const digit of ['1', '2']) {
    t.match(await world.submit(batch(digit)), [{ outcome: 'accepted' }]);
  }
  t.equal(signIns(), 1);
  t.match(await world.submit(batch('3'), { clientSecret: 'wrong' }), [
    { outcome: 'not_applied', failure: 'configuration', httpStatus: 401 },
  ]);
  t.match(await world.submit(batch('4')), [{ outcome: 'accepted' }]);
  t.equal(signIns(), 2);
});

void t.test("a slow sign-in holds up no other attempt's", async (t) => {
  world.sandbox.faults.add({ kind: 'delay', delay_ms: 60_000, path: '/token$' });
  let hasEnded = false;
  const slow = world
    .submit(world.batch([one]), { timeLimitMs: 15_000 })
    .finally(() => (hasEnded = true));
  await waitFor(() => signIns() === 1);
  t.match(await world.submit(world.batch([two], { batchKey: 'a'.repeat(64) })), [
    { outcome: 'accepted' },
  ]);
  t.notOk(hasEnded);
  t.match(await slow, [{ outcome: 'unknown', wireSha256: null }]);
});

void t.test('sends no lines once the lease is lost', async (t) => {
  const results = await world.submit(world.batch([one]), { mayWrite: () => false });
  t.match(results, [{ outcome: 'not_applied', failure: null, wireSha256: null }]);
  t.equal(world.sandbox.effects(one.reference), 0);
  t.equal(world.journals().length, 0, 'nor makes a journal');
  let writes = 0;
  const between = await world.submit(world.batch([one]), { mayWrite: () => (writes += 1) <= 1 });
  t.match(between, [{ outcome: 'not_applied', failure: null, wireSha256: null }]);
  t.match(between[0]?.externalIds['run'], [/^journal:/]);
  writes = 0;
  const later = await world.submit(world.batch([claim(1, 90), claim(2, 90)]), {
    // The first lines and their dimensions; the journal is there.
    mayWrite: () => (writes += 1) <= 2,
  });
  t.same(outcomes(later), [
    ['accepted', null, 1],
    ['not_applied', null, 1],
  ]);
});

void t.test('nothing listening is unreachable, and costs no attempt', async (t) => {
  const batch = world.batch([one], { endpoint: 'http://127.0.0.1:1/v2.0/t/e/api/v2.0' });
  t.match(await world.submit(batch), [
    { outcome: 'not_applied', failure: 'unreachable', httpStatus: null },
  ]);
});

void t.test('settings or a credential of another kind pause instead of sending', async (t) => {
  const batch = world.batch([one]);
  const input = { ...batch.input, settings: { ...batch.input.settings, company_id: 'x' } };
  t.match(await world.submit({ ...batch, input }), [
    { outcome: 'not_applied', failure: 'configuration', errorMessage: /company_id/ },
  ]);
  t.equal(world.sandbox.requests.length, 0);
});
