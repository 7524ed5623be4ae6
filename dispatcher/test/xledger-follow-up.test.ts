import t from 'tap';
import type { XledgerSandbox } from '../adapters/xledger/sandbox/xledger-sandbox.ts';
import type { Batch, FollowUp } from '../adapters/adapter.ts';
import { createXledgerAdapter } from '../adapters/xledger/adapter.ts';
import { faultsOf } from '../adapters/xledger/follow-up.ts';
import { batchOf, claim, followUp, frozenInput, sandboxFor, submit } from './support/xledger.ts';

const idOf = (n: number) => claim(n).claim_id;

/** What was sent, as the database has it followed up. */
async function delivered(batch: Batch, change: Partial<FollowUp> = {}): Promise<FollowUp> {
  const ids = (await submit(batch))
    .flat()
    .flatMap(({ externalIds }) => Object.entries(externalIds))
    .map(([claimId, externalIds]) => [claimId, externalIds] as const);
  const byClaim = new Map(ids);
  const at = new Date(Date.now() - 60_000).toISOString();
  return {
    organisationId: batch.organisationId,
    endpoint: batch.endpoint,
    input: batch.input,
    delivered: batch.input.claims.map(({ claim_id: claimId, reference }) => {
      return {
        claimId,
        reference,
        externalIds: byClaim.get(claimId) ?? [],
        sentAfter: at,
        askedAt: at,
      };
    }),
    voidedExternalIds: [],
    voidedClaimIds: [],
    ...change,
  };
}

const asked = (sandbox: XledgerSandbox, from: number) =>
  sandbox.requests.slice(from).map(({ operation }) => operation);

void t.test('what waits is neither booked nor faulty, for two requests', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = await delivered(batchOf(sandbox.graphqlUrl, frozenInput()));
  const before = sandbox.requests.length;
  t.strictSame(await followUp(batch), {
    claimIds: [idOf(1), idOf(2)],
    bookedClaimIds: [],
    faults: {},
    problem: null,
    retryAfterMs: null,
  });
  t.strictSame(asked(sandbox, before), ['journalEntries', 'glImportItemErrors']);
});

void t.test('what is booked is told, for one request if that is all', async (t) => {
  for (const extFilter of [true, false]) {
    const sandbox = await sandboxFor(t);
    sandbox.switches.extFilter = extFilter;
    const batch = await delivered(batchOf(sandbox.graphqlUrl, frozenInput()));
    sandbox.book();
    const before = sandbox.requests.length;
    t.match(await followUp(batch), {
      bookedClaimIds: [idOf(1), idOf(2)],
      faults: {},
      problem: null,
    });
    t.notOk(asked(sandbox, before).includes('glImportItemErrors'));
  }
});

void t.test('an error is tied to the claim whose item it names, until it is gone', async (t) => {
  const sandbox = await sandboxFor(t);
  for (const idForm of ['string', 'number'] as const) {
    sandbox.reset();
    sandbox.switches.idForm = idForm;
    const batch = await delivered(batchOf(sandbox.graphqlUrl, frozenInput()));
    const others = frozenInput([claim(99, ['diet', '1.00'])]);
    await submit(batchOf(sandbox.graphqlUrl, others, { batchKey: '7'.repeat(64) }));
    sandbox.reject();
    const { faults } = await followUp(batch);
    t.strictSame(Object.keys(faults ?? {}), [idOf(1), idOf(2)], "others' errors are not ours");
    t.match(faults?.[idOf(1)], /^Voucher \d+: the period is closed\.$/);
    sandbox.removeErrors();
    t.strictSame((await followUp(batch)).faults, {});
    sandbox.reject();
    sandbox.book();
    t.match(await followUp(batch), { bookedClaimIds: [idOf(1), idOf(2)], faults: {} });
  }
});

const sentAfter = '2026-03-02T11:00:00Z';
const itemClaims = [1, 2].map((n) => {
  const externalIds = [`item:${n}0`, `item:${n}1`];
  return { claimId: idOf(n), reference: `BF-${n}`, externalIds, sentAfter, askedAt: sentAfter };
});
const importError = (message: string, itemDbId: string | null, createdAt: string | null = null) => {
  return { message, itemDbId, createdAt };
};

void t.test('an error is tied by the item it names, else by a reference in its words', (t) => {
  for (const [error, expected] of [
    [importError('BF-2: no such project.', '10'), [1]],
    [importError('BF-2: no such project.', '99'), []],
    [importError("text: 'mileage BF-1', BF-2-", null), [1, 2]],
    [importError('BF-22 and XBF-1', '21'), [2]],
    [importError('BF-22 and XBF-1', null), []],
    [importError('', '11'), [1]],
    [importError('BF-3', '30'), []],
    [importError('the period is closed', null), []],
  ] as const) {
    t.strictSame(
      Object.keys(faultsOf(itemClaims, [error], [])),
      expected.map((n) => idOf(n)),
      error.message,
    );
  }
  const twice = [
    importError('no account', '10'),
    importError('no project', '11'),
    importError('no account', '11'),
  ];
  t.strictSame(faultsOf(itemClaims, twice, []), { [idOf(1)]: 'no account; no project' });
  t.match(faultsOf(itemClaims, [importError('', '10')], [])[idOf(1)], /without words/);
  const nameless = itemClaims.map((one) => ({ ...one, externalIds: [] }));
  const named = faultsOf(nameless, [importError('BF-2: no account', '99')], []);
  t.strictSame(Object.keys(named), [idOf(2)], 'a claim without ids has its reference alone');
  t.end();
});

void t.test('an error older than the claim was sent is of its predecessor', (t) => {
  const faultedAt = (createdAt: string, itemDbId: string | null) =>
    Object.keys(faultsOf(itemClaims, [importError('BF-1: no account', itemDbId, createdAt)], []));
  t.strictSame(faultedAt('2026-02-28T23:59:59', null), []);
  t.strictSame(faultedAt('2026-02-28T23:59:59', '10'), []);
  t.strictSame(faultedAt('2026-03-01T12:00:00', null), [idOf(1)], 'clocks may be a day apart');
  t.strictSame(faultedAt('2026-03-03T12:00:00', '10'), [idOf(1)]);
  const [first] = itemClaims;
  const later = { ...itemClaims[1], sentAfter: '2026-03-09T11:00:00Z' };
  if (first === undefined) throw new Error('no claim');
  const old = importError('BF-1, BF-2: no account', null, '2026-03-03T12:00:00');
  t.strictSame(
    Object.keys(faultsOf([first, { ...first, ...later }], [old], [])),
    [idOf(1)],
    'each claim has its own time',
  );
  t.end();
});

void t.test('an error that names a voided item is of no claim', (t) => {
  const error = importError('BF-1: no account', '10');
  for (const voided of ['item:10', '10']) {
    t.strictSame(faultsOf(itemClaims, [error], [voided]), {});
    const nameless = itemClaims.map((one) => ({ ...one, externalIds: [] }));
    t.strictSame(faultsOf(nameless, [error], [voided]), {});
  }
  t.end();
});

void t.test('a corrected claim is not faulty for what its predecessor was', async (t) => {
  const sandbox = await sandboxFor(t);
  const input = frozenInput([claim(1, ['diet', '369.00'])]);
  const old = await delivered(batchOf(sandbox.graphqlUrl, input));
  const message = `${old.delivered[0]?.reference ?? ''}: no such account.`;
  const voidedExternalIds = old.delivered.flatMap(({ externalIds }) => externalIds);
  const [dbId = ''] = voidedExternalIds.map((id) => id.replace('item:', ''));
  const node = { dbId: 1, createdAt: null, message, transactionDbId: dbId };
  const pageInfo = { hasPreviousPage: false };
  const body = { data: { glImportItemErrors: { pageInfo, edges: [{ cursor: '1', node }] } } };
  const operation = '^glImportItemErrors$';
  sandbox.faults.add({ kind: 'status', status: 200, body, operation, times: 2 });
  t.strictSame((await followUp(old)).faults, { [idOf(1)]: message });
  const corrected = batchOf(sandbox.graphqlUrl, input, { batchKey: '5'.repeat(64) });
  const voids = { voidedExternalIds, voidedClaimIds: [idOf(1)] };
  const renewed = await delivered({ ...corrected, ...voids }, voids);
  t.not(renewed.delivered[0]?.externalIds[0], voidedExternalIds[0]);
  t.strictSame((await followUp(renewed)).faults, {});
});

void t.test('many errors are read from the newest back to what we sent', async (t) => {
  let now = new Date('2026-01-10T12:00:00Z');
  const sandbox = await sandboxFor(t, { now: () => now });
  Object.assign(sandbox.switches, { pageSize: 3, burst: null });
  const others = Array.from({ length: 9 }, (_, n) => claim(n + 20, ['diet', '1.00']));
  const ofOthers = (n: number) => ({ batchKey: `${n}`.padEnd(64, '7') });
  await submit(batchOf(sandbox.graphqlUrl, frozenInput(others), ofOthers(1)));
  sandbox.reject();
  now = new Date('2026-03-02T12:00:00Z');
  const batch = await delivered(batchOf(sandbox.graphqlUrl, frozenInput()));
  const sent = batch.delivered.map((one) => ({ ...one, sentAfter: '2026-03-02T11:00:00Z' }));
  sandbox.reject();
  const later = frozenInput([claim(50, ['diet', '1.00'])]);
  await submit(batchOf(sandbox.graphqlUrl, later, ofOthers(2)));
  sandbox.reject();
  const before = sandbox.requests.length;
  const { faults } = await followUp({ ...batch, delivered: sent });
  t.strictSame(Object.keys(faults ?? {}), [idOf(1), idOf(2)]);
  t.equal(
    asked(sandbox, before).filter((one) => one === 'glImportItemErrors').length,
    2,
    'one page of this day, and one that shows where older ones begin',
  );
});

void t.test('what was voided and reversed is not taken for booked', async (t) => {
  const sandbox = await sandboxFor(t);
  const input = frozenInput([claim(1, ['diet', '369.00'])]);
  const batch = await delivered(batchOf(sandbox.graphqlUrl, input));
  sandbox.book();
  const voidedExternalIds = sandbox.ledger().entries.map(({ dbId }) => `entry:${dbId}`);
  t.match(await followUp({ ...batch, voidedExternalIds, voidedClaimIds: [idOf(1)] }), {
    bookedClaimIds: [],
  });
});

void t.test('what cannot be read is told, and the rest all the same', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.switches.burst = null;
  const batch = await delivered(batchOf(sandbox.graphqlUrl, frozenInput()));
  const burst = { errors: [{ message: 'Wait', code: 'BAD_REQUEST.BURST_RATE_LIMIT_REACHED' }] };
  const nothing = { claimIds: [], bookedClaimIds: [], faults: null };
  for (const [fault, problem, retryAfterMs] of [
    [{ status: 503 }, /HTTP 503/, null],
    [{ status: 403 }, /HTTP 403/, null],
    [{ status: 200, body: burst }, /Wait/, 5_000],
    [{ status: 200, body: { data: {} } }, /not understood: data\.\w+: /, null],
  ] as const) {
    sandbox.faults.add({ kind: 'status', ...fault, operation: '^journalEntries$' });
    t.match(await followUp(batch), { ...nothing, problem, retryAfterMs });
    sandbox.faults.add({ kind: 'status', ...fault, operation: '^glImportItemErrors$' });
    t.match(await followUp(batch), {
      claimIds: [idOf(1), idOf(2)],
      bookedClaimIds: [],
      faults: null,
      problem,
      retryAfterMs,
    });
  }
  await sandbox.close();
  t.match(await followUp(batch), nothing);
});

void t.test('a refused filter is paid for once, not with each follow-up', async (t) => {
  const sandbox = await sandboxFor(t);
  Object.assign(sandbox.switches, { burst: null, extFilter: false, codeFields: false });
  const batch = await delivered(batchOf(sandbox.graphqlUrl, frozenInput()));
  const adapter = createXledgerAdapter();
  await followUp(batch, { adapter });
  const before = sandbox.requests.length;
  await followUp(batch, { adapter });
  t.strictSame(asked(sandbox, before), ['journalEntries', 'glImportItemErrors']);
});
