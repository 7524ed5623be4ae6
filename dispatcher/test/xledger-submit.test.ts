import { createHash } from 'node:crypto';
import t from 'tap';
import { timedOut } from '../adapters/xledger/sandbox/xledger-sandbox.ts';
import type { XledgerSandbox } from '../adapters/xledger/sandbox/xledger-sandbox.ts';
import type { FrozenClaim } from '../adapters/adapter.ts';
import { batchOf, claim, findExisting, frozenInput } from './support/xledger.ts';
import { sandboxFor, submit, summary } from './support/xledger.ts';
import { numberOf, OTHERS, post, renumbered, vouchersOf } from './support/xledger-vouchers.ts';
import { ADD_GL_IMPORT_ITEMS } from '../adapters/xledger/queries.ts';
import { mapVoucher } from '../adapters/xledger/mapper.ts';

const mutations = (sandbox: XledgerSandbox) =>
  sandbox.requests.filter(({ operation }) => operation === 'addGLImportItems').length;

/** More nodes than one request takes: claims 1 and 2 go first, 3 after them. */
const THREE_LARGE = [1, 2, 3].map((n) =>
  claim(n, ...Array.from({ length: 220 }, () => ['diet', '1.00'] as const)),
);

void t.test('sent lines that read back are accepted, with their ids and the hash', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  const reports = await submit(batch);
  const [one, two] = batch.openClaimIds as [string, string];
  const body = JSON.stringify({
    query: ADD_GL_IMPORT_ITEMS,
    variables: {
      i: [one, two].flatMap((id) => mapVoucher(batch.input, batch.batchKey, id).inputs),
    },
  });
  const ids = sandbox.ledger().items.map(({ dbId }) => `item:${dbId}`);
  t.strictSame(reports, [
    [
      {
        envelopeNo: 1,
        outcome: 'accepted',
        claimIds: [one, two],
        httpStatus: 200,
        errorMessage: null,
        externalIds: { [one]: ids.slice(0, 3), [two]: ids.slice(3) },
        wireSha256: createHash('sha256').update(body).digest('hex'),
        failure: null,
        retryAfterMs: null,
      },
    ],
  ]);
  t.match(sandbox.ledger().totals, {
    'BF-1': { items: 3, effects: 1, debit: '1234.50', balance: '0.00' },
    'BF-2': { items: 2, effects: 1, debit: '369.00', balance: '0.00' },
  });
  t.match(sandbox.ledger().items[0]?.codes, { account: '7100', project: '100', glObject1: '10' });
  t.equal(sandbox.requests.length, 4, 'two questions, the lines, and one reading back');
});

void t.test('ids and amounts may come as numbers, and what is empty as null', async (t) => {
  const sandbox = await sandboxFor(t);
  Object.assign(sandbox.switches, {
    idForm: 'number',
    amountForm: 'number',
    nullConnection: true,
    nullData: true,
  });
  t.strictSame(summary((await submit(batchOf(sandbox.graphqlUrl, frozenInput()))).flat()), [
    ['accepted', null, 'BF-1', 'BF-2'],
  ]);
});

void t.test('only open claims are sent, under the numbers they always have', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  const openClaimIds = batch.openClaimIds.slice(1);
  t.strictSame(summary((await submit({ ...batch, openClaimIds })).flat()), [
    ['accepted', null, 'BF-2'],
  ]);
  t.equal(sandbox.effects('BF-1'), 0);
  const { inputs } = mapVoucher(batch.input, batch.batchKey, openClaimIds[0] ?? '');
  t.equal(sandbox.ledger().items[0]?.trRegNumber, inputs[0]?.node.trRegNumber);
  t.strictSame(await submit({ ...batch, openClaimIds: [] }), [], 'none open: nothing to do');
});

void t.test('what is there already is not sent again', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  await submit({ ...batch, openClaimIds: batch.openClaimIds.slice(0, 1) });
  t.strictSame(summary((await submit(batch)).flat()), [
    ['unknown', null, 'BF-1'],
    ['not_applied', 'undone', 'BF-2'],
  ]);
  sandbox.book();
  t.strictSame(summary((await submit(batch)).flat()), [
    ['unknown', null, 'BF-1'],
    ['not_applied', 'undone', 'BF-2'],
  ]);
  t.equal(mutations(sandbox), 1, 'also when it is booked');
});

void t.test('what a person removed from the ledger does not hold up a new send', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  const voidedExternalIds = Object.values((await submit(batch))[0]?.[0]?.externalIds ?? {}).flat();
  t.strictSame(summary((await submit({ ...batch, voidedExternalIds })).flat()), [
    ['accepted', null, 'BF-1', 'BF-2'],
  ]);
});

void t.test('rate limits change nothing, and tell how long to wait', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  sandbox.switches.burst = 0;
  t.match((await submit(batch)).flat(), [
    { outcome: 'not_applied', failure: 'throttled', retryAfterMs: 5_000, httpStatus: 200 },
  ]);
  Object.assign(sandbox.switches, { burst: null, credits: 2 });
  sandbox.switches.creditsResetAt = new Date(Date.now() + 3_600_000).toISOString();
  const [result] = (await submit(batch)).flat();
  t.match(result, { outcome: 'not_applied', failure: 'throttled', wireSha256: /^[0-9a-f]{64}$/ });
  const wait = result?.retryAfterMs ?? 0;
  t.ok(wait > 3_590_000 && wait <= 3_602_000, `until the credits are there again: ${wait}`);
  t.strictSame(sandbox.ledger().items, []);
});

void t.test('a limit between two envelopes keeps back the claims behind it', async (t) => {
  const sandbox = await sandboxFor(t);
  const body = { errors: [{ message: 'Wait', code: 'BAD_REQUEST.CONCURRENCY_LIMIT_REACHED' }] };
  sandbox.faults.add({ kind: 'status', status: 200, body, operation: 'addGL', skip: 1 });
  const reports = await submit(batchOf(sandbox.graphqlUrl, frozenInput(THREE_LARGE)));
  t.strictSame(reports.map(summary), [
    [['accepted', null, 'BF-1', 'BF-2']],
    [['not_applied', 'throttled', 'BF-3']],
  ]);
  t.strictSame(
    reports.flat().map(({ envelopeNo }) => envelopeNo),
    [1, 2],
  );
});

void t.test('a doubt about one envelope keeps back the others, undone', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.faults.add({ kind: 'drop_after', operation: 'addGL' });
  const reports = await submit(batchOf(sandbox.graphqlUrl, frozenInput(THREE_LARGE)));
  t.strictSame(reports.map(summary), [
    [
      ['unknown', null, 'BF-1', 'BF-2'],
      ['not_applied', 'undone', 'BF-3'],
    ],
  ]);
  t.match(reports.flat(), [
    { envelopeNo: 1, wireSha256: /^[0-9a-f]{64}$/, httpStatus: null },
    { envelopeNo: 2, wireSha256: null },
  ]);
  t.equal(mutations(sandbox), 1);
});

void t.test(
  'an unknown account rejects the claims that use it, and undoes the others',
  async (t) => {
    for (const errorStatus of [200, 400] as const) {
      const sandbox = await sandboxFor(t, { accounts: ['7100', '7140', '2910'] });
      sandbox.switches.errorStatus = errorStatus;
      const batch = batchOf(sandbox.graphqlUrl, frozenInput());
      const [results = []] = await submit(batch);
      t.strictSame(summary(results), [
        ['rejected', null, 'BF-2'],
        ['not_applied', 'undone', 'BF-1'],
      ]);
      t.match(results[0], { httpStatus: errorStatus, errorMessage: /code '7150'/ });
      t.strictSame(sandbox.ledger().items, []);
      const rest = await submit({ ...batch, openClaimIds: batch.openClaimIds.slice(0, 1) });
      t.strictSame(summary(rest.flat()), [['accepted', null, 'BF-1']]);
    }
  },
);

void t.test('a refusal that names no claim rejects all; other envelopes still go', async (t) => {
  const sandbox = await sandboxFor(t);
  const body = { errors: [{ message: 'No.' }] };
  sandbox.faults.add({ kind: 'status', status: 422, body, operation: 'addGL' });
  const reports = await submit(batchOf(sandbox.graphqlUrl, frozenInput(THREE_LARGE)));
  t.strictSame(reports.map(summary), [
    [['rejected', null, 'BF-1', 'BF-2']],
    [['accepted', null, 'BF-3']],
  ]);
});

void t.test('a refusal tied to one claim does not hold up the next envelope', async (t) => {
  const sandbox = await sandboxFor(t, { accounts: ['7150', '2910'] });
  const [one, two, three] = THREE_LARGE;
  if (one === undefined || two === undefined || three === undefined) throw new Error('three');
  const claims = [one, claim(2, ['mileage', '1.00']), two, three].map((each, index) => {
    return { ...each, claim_id: claim(index + 1).claim_id, reference: `BF-${index + 1}` };
  });
  const reports = await submit(batchOf(sandbox.graphqlUrl, frozenInput(claims)));
  t.strictSame(reports.map(summary), [
    [
      ['rejected', null, 'BF-2'],
      ['not_applied', 'undone', 'BF-1', 'BF-3'],
    ],
    [['accepted', null, 'BF-4']],
  ]);
});

void t.test('a claim that cannot be mapped is rejected, and the others are sent', async (t) => {
  const sandbox = await sandboxFor(t);
  const [one, two] = frozenInput().claims;
  if (one === undefined || two === undefined) throw new Error('two claims are needed');
  const input = frozenInput([{ ...one, currency: 'EUR' }, two]);
  const reports = await submit(batchOf(sandbox.graphqlUrl, input));
  t.strictSame(reports.map(summary), [[['rejected', null, 'BF-1']], [['accepted', null, 'BF-2']]]);
  t.strictSame(
    reports.flat().map(({ envelopeNo }) => envelopeNo),
    [1, 2],
  );
});

void t.test('a doubtful answer to the lines is unknown, applied or not', async (t) => {
  const faults = [
    timedOut(true),
    timedOut(false),
    { kind: 'drop_before', operation: 'addGL' },
    { kind: 'drop_after', operation: 'addGL' },
    { kind: 'drop_midway', operation: 'addGL' },
    { kind: 'truncate_body', operation: 'addGL' },
    { kind: 'status', status: 503, apply: true, operation: 'addGL' },
    { kind: 'status', status: 408, operation: 'addGL' },
    { kind: 'status', status: 400, apply: true, operation: 'addGL' },
    { kind: 'status', status: 422, body: { errors: 'No.' }, operation: 'addGL' },
    { kind: 'status', status: 200, body: { data: {} }, apply: false, operation: 'addGL' },
    { kind: 'apply_late', delay_ms: 60_000, operation: 'addGL' },
  ] as const;
  for (const fault of faults) {
    const sandbox = await sandboxFor(t);
    sandbox.faults.add(fault);
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    const results = (await submit(batch)).flat();
    t.strictSame(summary(results), [['unknown', null, 'BF-1', 'BF-2']], JSON.stringify(fault));
    t.not(results[0]?.errorMessage, null, 'says why');
    t.equal(mutations(sandbox), 1, 'sent once');
  }
});

void t.test('a time-out of ours is unknown', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.faults.add({ kind: 'delay', delay_ms: 60_000, operation: 'addGL' });
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  t.strictSame(summary((await submit(batch, { timeoutMs: 600 })).flat()), [
    ['unknown', null, 'BF-1', 'BF-2'],
  ]);
});

void t.test('once the lines are out, a failed reading back is unknown', async (t) => {
  for (const status of [401, 403, 404, 400, 429, 503]) {
    const sandbox = await sandboxFor(t);
    sandbox.faults.add({ kind: 'status', status, operation: '^glImportItems$', skip: 1, times: 2 });
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    const results = (await submit(batch)).flat();
    t.strictSame(summary(results), [['unknown', null, 'BF-1', 'BF-2']], String(status));
    t.match(results[0], { httpStatus: status, wireSha256: /^[0-9a-f]{64}$/ });
    t.equal(Object.keys(results[0]?.externalIds ?? {}).length, 2, 'the ids are kept as evidence');
  }
});

void t.test('a success that is told, and nothing kept, is unknown', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  const edges = batch.openClaimIds
    .flatMap((id) => mapVoucher(batch.input, batch.batchKey, id).inputs)
    .map(({ clientId }, index) => ({ clientId, node: { dbId: 90 + index } }));
  const body = { data: { addGLImportItems: { edges } } };
  sandbox.faults.add({ kind: 'status', status: 200, body, operation: 'addGL' });
  const results = (await submit(batch)).flat();
  t.strictSame(summary(results), [['unknown', null, 'BF-1', 'BF-2']]);
  t.match(results[0]?.errorMessage, /BF-1: not there when read back/);
});

void t.test('a first question that is not answered sends nothing', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  for (const operation of ['^glImportItems$', '^journalEntries$']) {
    sandbox.faults.add({ kind: 'status', status: 503, operation });
    t.match((await submit(batch)).flat(), [
      { outcome: 'unknown', claimIds: batch.openClaimIds, httpStatus: 503, wireSha256: null },
    ]);
  }
  t.equal(mutations(sandbox), 0);
});

void t.test('a refused question is the configuration, and rejects no claim', async (t) => {
  for (const status of [200, 400]) {
    for (const field of ['glImportItems', 'journalEntries']) {
      const sandbox = await sandboxFor(t);
      const batch = batchOf(sandbox.graphqlUrl, frozenInput());
      const body = { errors: [{ message: `Cannot query field \`${field}\` on type \`Query\`` }] };
      sandbox.faults.add({ kind: 'status', status, body, operation: `^${field}$`, times: 9 });
      const results = (await submit(batch)).flat();
      t.strictSame(summary(results), [['not_applied', 'configuration', 'BF-1', 'BF-2']], field);
      t.match(results, [{ httpStatus: status, errorMessage: /Cannot query/, wireSha256: null }]);
      t.equal(mutations(sandbox), 0);
    }
  }
});

void t.test('a refused reading back is unknown, once the lines are out', async (t) => {
  const sandbox = await sandboxFor(t);
  const body = { errors: [{ message: 'Cannot query field `glImportItems` on type `Query`' }] };
  const operation = '^glImportItems$';
  sandbox.faults.add({ kind: 'status', status: 200, body, operation, skip: 1, times: 9 });
  const results = (await submit(batchOf(sandbox.graphqlUrl, frozenInput()))).flat();
  t.strictSame(summary(results), [['unknown', null, 'BF-1', 'BF-2']]);
});

void t.test('a voucher that others use too is unknown when read back', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.switches.extFilter = false;
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  const [, second] = vouchersOf(batch);
  await post(
    sandbox,
    renumbered(OTHERS, () => numberOf(second)),
  );
  const results = (await submit(batch)).flat();
  t.strictSame(summary(results), [
    ['accepted', null, 'BF-1'],
    ['unknown', null, 'BF-2'],
  ]);
  t.match(results[1], { errorMessage: 'BF-2: its voucher holds other references too' });
});

void t.test('a clientId that does not come back leaves its claim unknown', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  const [one] = batch.openClaimIds as [string, string];
  const edges = mapVoucher(batch.input, batch.batchKey, one).inputs.map(({ clientId }) => {
    return { clientId, node: { dbId: clientId } };
  });
  const body = { data: { addGLImportItems: { edges } } };
  sandbox.faults.add({ kind: 'status', status: 200, body, apply: true, operation: 'addGL' });
  t.strictSame(summary((await submit(batch)).flat()), [
    ['accepted', null, 'BF-1'],
    ['unknown', null, 'BF-2'],
  ]);
});

void t.test('what is confirmed twice, under one id or though never sent is unknown', async (t) => {
  const [one, two] = frozenInput().claims as [FrozenClaim, FrozenClaim];
  const cases = [
    [[['BF-1/1', 90]], 'BF-1: 3 were confirmed 4 times', [one]],
    [[['BF-9/1', 91]], /BF-1: 1 were confirmed that were not sent; BF-2: /, [one, two]],
  ] as const;
  for (const [extra, errorMessage, doubted] of cases) {
    const sandbox = await sandboxFor(t);
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    const given = vouchersOf(batch)
      .flatMap(({ inputs }) => inputs.map(({ clientId }) => clientId))
      .map((clientId, index) => [clientId, index + 10] as const);
    const edges = [...given, ...extra].map(([clientId, dbId]) => ({ clientId, node: { dbId } }));
    const body = { data: { addGLImportItems: { edges } } };
    sandbox.faults.add({ kind: 'status', status: 200, body, apply: true, operation: 'addGL' });
    const results = (await submit(batch)).flat();
    const unknown = results.filter(({ outcome }) => outcome === 'unknown');
    t.match(unknown, [{ errorMessage }]);
    t.same(
      unknown[0]?.claimIds,
      doubted.map((claim) => claim.claim_id),
    );
  }
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput([two]));
  const edges = vouchersOf(batch)
    .flatMap(({ inputs }) => inputs)
    .map(({ clientId }) => ({ clientId, node: { dbId: 10 } }));
  const body = { data: { addGLImportItems: { edges } } };
  sandbox.faults.add({ kind: 'status', status: 200, body, apply: true, operation: 'addGL' });
  t.match((await submit(batch)).flat(), [{ outcome: 'unknown', errorMessage: /under one id/ }]);
});

void t.test('items of an entity below the token are read back and found', async (t) => {
  for (const extFilter of [true, false]) {
    const sandbox = await sandboxFor(t, {
      entities: [
        { dbId: 42365431, code: '10' },
        { dbId: 42365432, code: '20', parent: '10' },
      ],
    });
    Object.assign(sandbox.switches, { extFilter, burst: null });
    const settings = { liability_account: '2910', owner_code: '20' };
    const batch = batchOf(sandbox.graphqlUrl, frozenInput(undefined, { settings }));
    t.strictSame(summary((await submit(batch)).flat()), [['accepted', null, 'BF-1', 'BF-2']]);
    t.equal(sandbox.ledger().items[0]?.ownerDbId, '42365432');
    t.match(await findExisting(batch), [{ outcome: 'found' }]);
    sandbox.book();
    t.match(await findExisting(batch), [{ outcome: 'found' }]);
  }
});

void t.test('lines that are booked at once are accepted', async (t) => {
  for (const bookMode of ['on_poll', 'after_poll'] as const) {
    for (const bookedItems of ['gone', 'closed'] as const) {
      const sandbox = await sandboxFor(t);
      Object.assign(sandbox.switches, { bookMode, bookedItems });
      t.strictSame(
        summary((await submit(batchOf(sandbox.graphqlUrl, frozenInput()))).flat()),
        [['accepted', null, 'BF-1', 'BF-2']],
        `${bookMode}, ${bookedItems}`,
      );
    }
  }
});

void t.test('a token that is not taken is tried twice, then it is the configuration', async (t) => {
  for (const authStatus of [401, 200] as const) {
    const sandbox = await sandboxFor(t);
    sandbox.switches.authStatus = authStatus;
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    // Under 200 only a badly formed header is told apart: a blank makes it one.
    const results = (await submit(batch, { token: 'not good' })).flat();
    t.strictSame(summary(results), [['not_applied', 'configuration', 'BF-1', 'BF-2']]);
    t.equal(sandbox.requests.length, 2);
  }
  const sandbox = await sandboxFor(t);
  sandbox.faults.add({ kind: 'status', status: 401 });
  t.strictSame(summary((await submit(batchOf(sandbox.graphqlUrl, frozenInput()))).flat()), [
    ['accepted', null, 'BF-1', 'BF-2'],
  ]);
});

void t.test('a missing right, a wrong address and a redirect are the configuration', async (t) => {
  const sandbox = await sandboxFor(t, { tokens: [{ token: 'reads', scopes: ['glImportItems'] }] });
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  const isConfiguration = [['not_applied', 'configuration', 'BF-1', 'BF-2']];
  t.strictSame(summary((await submit(batch, { token: 'reads' })).flat()), isConfiguration);
  const elsewhere = { ...batch, endpoint: `${sandbox.url}/nothing` };
  t.strictSame(summary((await submit(elsewhere)).flat()), isConfiguration);
  sandbox.faults.add({ kind: 'status', status: 302 });
  t.strictSame(summary((await submit(batch)).flat()), isConfiguration);
  const unknownMapper = batchOf(batch.endpoint, frozenInput(undefined, { mapper_version: 'x/9' }));
  t.strictSame(summary((await submit(unknownMapper)).flat()), isConfiguration);
  t.equal(mutations(sandbox), 0);
});

void t.test('a refused connection is unreachable', async (t) => {
  const sandbox = await sandboxFor(t);
  await sandbox.close();
  t.match((await submit(batchOf(sandbox.graphqlUrl, frozenInput()))).flat(), [
    { outcome: 'not_applied', failure: 'unreachable', wireSha256: null, httpStatus: null },
  ]);
});

void t.test('without the lease no line leaves us', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  t.match((await submit(batch, { mayWrite: () => false })).flat(), [
    { outcome: 'not_applied', failure: null, wireSha256: null },
  ]);
  t.equal(mutations(sandbox), 0);
});
