import t from 'tap';
import { timedOut } from '../adapters/xledger/sandbox/xledger-sandbox.ts';
import { batchOf, claim, coded, findExisting, frozenInput, lineNode } from './support/xledger.ts';
import { sandboxFor, submit, summary } from './support/xledger.ts';
import { numberOf, OTHERS, post, renumbered, vouchersOf } from './support/xledger-vouchers.ts';

void t.test('what was sent and never answered for is found by asking', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  sandbox.faults.add({ kind: 'drop_after', operation: 'addGL' });
  await submit(batch);
  const [one, two] = batch.openClaimIds as [string, string];
  const ids = sandbox.ledger().items.map(({ dbId }) => `item:${dbId}`);
  t.strictSame(await findExisting(batch), [
    {
      outcome: 'found',
      claimIds: [one, two],
      httpStatus: 200,
      errorMessage: null,
      externalIds: { [one]: ids.slice(0, 3), [two]: ids.slice(3) },
      collides: false,
      needsPerson: false,
      retryAfterMs: null,
      failure: null,
    },
  ]);
});

void t.test('a time-out of the remote is told apart by asking', async (t) => {
  for (const isApplied of [true, false]) {
    const sandbox = await sandboxFor(t);
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    sandbox.faults.add(timedOut(isApplied));
    await submit(batch);
    t.match(await findExisting(batch), [{ outcome: isApplied ? 'found' : 'absent' }]);
  }
});

void t.test('what is absent never collides, since the same lines are taken twice', async (t) => {
  const sandbox = await sandboxFor(t);
  for (const nullConnection of [false, true]) {
    sandbox.switches.nullConnection = nullConnection;
    const answers = await findExisting(batchOf(sandbox.graphqlUrl, frozenInput()));
    t.strictSame(summary(answers), [['absent', null, 'BF-1', 'BF-2']]);
    t.match(answers, [{ collides: false, needsPerson: false, externalIds: {} }]);
  }
});

void t.test('claims found and claims absent are told apart', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  await submit({ ...batch, openClaimIds: batch.openClaimIds.slice(1) });
  t.strictSame(summary(await findExisting(batch)), [
    ['found', null, 'BF-2'],
    ['absent', null, 'BF-1'],
  ]);
});

void t.test('booked vouchers are found in the journal, wherever their items went', async (t) => {
  for (const bookedItems of ['gone', 'closed'] as const) {
    for (const extFilter of [true, false]) {
      const sandbox = await sandboxFor(t);
      Object.assign(sandbox.switches, { bookedItems, extFilter });
      const batch = batchOf(sandbox.graphqlUrl, frozenInput());
      await submit(batch);
      sandbox.book();
      const answers = await findExisting(batch);
      t.strictSame(summary(answers), [['found', null, 'BF-1', 'BF-2']]);
      t.strictSame(
        Object.values(answers[0]?.externalIds ?? {}).flat(),
        sandbox.ledger().entries.map(({ dbId }) => `entry:${dbId}`),
      );
    }
  }
});

void t.test('a voucher that is booked between the two questions is found once', async (t) => {
  for (const bookMode of ['on_poll', 'after_poll'] as const) {
    const sandbox = await sandboxFor(t);
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    sandbox.faults.add({ kind: 'drop_after', operation: 'addGL' });
    await submit(batch);
    sandbox.switches.bookMode = bookMode;
    t.strictSame(summary(await findExisting(batch)), [['found', null, 'BF-1', 'BF-2']], bookMode);
  }
});

void t.test('a line that is in both lists under one id counts once', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput([claim(1, ['diet', '369.00'])]));
  await submit(batch);
  const edges = sandbox.ledger().items.map(({ dbId, extIdentifier, amount, codes }) => {
    const node = lineNode({ dbId: Number(dbId), extIdentifier, amount, ...coded(codes) });
    return { cursor: dbId, node };
  });
  const body = { data: { journalEntries: { edges, pageInfo: { hasNextPage: false } } } };
  sandbox.faults.add({ kind: 'status', status: 200, body, operation: '^journalEntries$' });
  t.match(await findExisting(batch), [{ outcome: 'found' }]);
});

void t.test('an id that another claim has in the journal hides no waiting line', async (t) => {
  const sandbox = await sandboxFor(t);
  const claims = [claim(1, ['diet', '369.00']), claim(2, ['diet', '369.00'])];
  const batch = batchOf(sandbox.graphqlUrl, frozenInput(claims));
  await submit({ ...batch, openClaimIds: batch.openClaimIds.slice(0, 1) });
  const edges = sandbox.ledger().items.map(({ dbId, amount, codes }) => {
    const node = lineNode({ dbId, extIdentifier: 'BF-2', amount, ...coded(codes) });
    return { cursor: dbId, node };
  });
  const body = { data: { journalEntries: { edges, pageInfo: { hasNextPage: false } } } };
  sandbox.faults.add({ kind: 'status', status: 200, body, operation: '^journalEntries$' });
  t.strictSame(summary(await findExisting(batch)), [['found', null, 'BF-1', 'BF-2']]);
});

void t.test('a voucher that holds two claims is for a person, waiting and booked', async (t) => {
  const sandbox = await sandboxFor(t);
  const claims = [1, 2, 3].map((n) => claim(n, ['diet', '369.00']));
  const batch = batchOf(sandbox.graphqlUrl, frozenInput(claims));
  const [one, two, three] = vouchersOf(batch).map(({ inputs }) => inputs);
  await post(
    sandbox,
    renumbered([...(one ?? []), ...(two ?? [])], () => 41),
  );
  await post(sandbox, three ?? []);
  for (const isBooked of [false, true]) {
    if (isBooked) sandbox.book();
    const answers = await findExisting(batch);
    t.strictSame(summary(answers), [
      ['found', null, 'BF-3'],
      ['unclear', null, 'BF-1', 'BF-2'],
    ]);
    t.match(answers[1], {
      needsPerson: true,
      errorMessage: /^BF-1: its voucher holds other references too; BF-2: /,
    });
  }
});

void t.test('a voucher that others use too is for a person, where the read shows it', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.switches.extFilter = false;
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  await submit(batch);
  await post(
    sandbox,
    renumbered(OTHERS, () => numberOf(vouchersOf(batch)[0])),
  );
  t.match(await findExisting(batch), [
    { outcome: 'found' },
    { outcome: 'unclear', needsPerson: true, errorMessage: /^BF-1: its voucher holds/ },
  ]);
});

void t.test('a claim in two vouchers is for a person', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput([claim(1, ['diet', '369.00'])]));
  await post(
    sandbox,
    renumbered(vouchersOf(batch)[0]?.inputs ?? [], (index) => 41 + index),
  );
  t.match(await findExisting(batch), [
    { outcome: 'unclear', needsPerson: true, errorMessage: 'BF-1: its lines are in 2 vouchers' },
  ]);
});

void t.test('where voucher numbers cannot be read, the rest is still compared', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  await submit(batch);
  sandbox.book();
  const { mappings } = batch.input;
  const diet = { account: '7160', tax_code: null, dimensions: {} };
  const changed = frozenInput(undefined, { mappings: { ...mappings, diet } });
  const refusal = 'Cannot query field `trRegNumber` on type `JournalEntry`';
  const body = { errors: [{ message: refusal }] };
  const operation = '^journalEntries$';
  sandbox.faults.add({ kind: 'status', status: 200, body, operation });
  t.match(await findExisting(batch), [{ outcome: 'found', claimIds: batch.openClaimIds }]);
  sandbox.faults.add({ kind: 'status', status: 200, body, operation });
  t.match(await findExisting({ ...batch, input: changed }), [
    { outcome: 'found' },
    { outcome: 'unclear', errorMessage: /^BF-2: no line of 369.00 on account 7160/ },
  ]);
});

void t.test('a claim that is there twice is for a person', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  const first = (await submit(batch)).flat()[0]?.externalIds ?? {};
  const again = { ...batch, voidedExternalIds: Object.values(first).flat() };
  await submit({ ...again, openClaimIds: batch.openClaimIds.slice(0, 1) });
  t.equal(sandbox.effects('BF-1'), 2);
  const answers = await findExisting(batch);
  t.strictSame(summary(answers), [
    ['found', null, 'BF-2'],
    ['unclear', null, 'BF-1'],
  ]);
  t.match(answers[1], { needsPerson: true, errorMessage: /^BF-1: 6 lines where 3 were expected/ });
  t.match(await findExisting(again), [{ outcome: 'found' }, { outcome: 'absent' }], 'voided ones');
});

void t.test('a claim that is booked and waits once more is for a person', async (t) => {
  for (const bookedItems of ['gone', 'closed'] as const) {
    const sandbox = await sandboxFor(t);
    sandbox.switches.bookedItems = bookedItems;
    const batch = batchOf(sandbox.graphqlUrl, frozenInput([claim(1, ['diet', '369.00'])]));
    await submit(batch);
    const { items } = sandbox.ledger();
    sandbox.book();
    const known = [...items, ...sandbox.ledger().entries].map(({ dbId }) => dbId);
    const again = await submit({ ...batch, voidedExternalIds: known });
    t.strictSame(summary(again.flat()), [['accepted', null, 'BF-1']]);
    t.equal(sandbox.effects('BF-1'), 2);
    t.match(await findExisting(batch), [{ outcome: 'unclear', needsPerson: true }], bookedItems);
  }
});

void t.test('half of the lines, another sum or another reference are for a person', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  await submit(batch);
  const item = (index: number) => sandbox.ledger().items[index]?.dbId ?? '';
  sandbox.editItem(item(1), { amount: '1022.49' });
  t.match(await findExisting(batch), [
    { outcome: 'found' },
    { outcome: 'unclear', needsPerson: true, errorMessage: 'BF-1: the lines sum to -0.01' },
  ]);
  sandbox.editItem(item(1), { amount: '1022.50', extIdentifier: 'BF-99' });
  const answers = await findExisting(batch);
  t.match(answers, [
    { outcome: 'found' },
    { outcome: 'unclear', errorMessage: 'BF-1: 2 lines where 3 were expected' },
  ]);
  const ids = Object.values(answers[1]?.externalIds ?? {}).flat();
  t.strictSame(ids, [`item:${item(0)}`, `item:${item(2)}`]);
});

void t.test('a claim that went out under another mapping is for a person', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  await submit(batch);
  const { mappings } = batch.input;
  const diet = { account: '7150', tax_code: null, dimensions: { project: '100' } };
  const changed = frozenInput(undefined, { mappings: { ...mappings, diet } });
  t.match(await findExisting({ ...batch, input: changed }), [
    { outcome: 'found' },
    { outcome: 'unclear', needsPerson: true, errorMessage: /^BF-2: no line of 369.00/ },
  ]);
  const unmappable = frozenInput(undefined, { settings: {} });
  t.match(await findExisting({ ...batch, input: unmappable }), [
    { outcome: 'unclear', needsPerson: true },
  ]);
});

void t.test('where the reference is no filter, asking by time finds the same', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.switches.pageSize = 2;
  for (const errorStatus of [200, 400] as const) {
    sandbox.switches.errorStatus = errorStatus;
    sandbox.switches.extFilter = true;
    sandbox.switches.burst = null;
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    if (errorStatus === 200) await submit(batch);
    sandbox.switches.extFilter = false;
    t.strictSame(summary(await findExisting(batch)), [['found', null, 'BF-1', 'BF-2']]);
    const other = frozenInput([claim(7, ['diet', '369.00'])]);
    t.match(await findExisting(batchOf(batch.endpoint, other)), [{ outcome: 'absent' }]);
  }
});

void t.test('long lists are read page by page, many references in several questions', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.switches.burst = null;
  sandbox.switches.pageSize = 7;
  const claims = Array.from({ length: 230 }, (_, n) => claim(n + 1, ['diet', '1.00']));
  const batch = batchOf(sandbox.graphqlUrl, frozenInput(claims));
  await submit(batch);
  const answers = await findExisting(batch);
  t.match(answers, [{ outcome: 'found' }]);
  t.equal(answers[0]?.claimIds.length, 230);
});

void t.test('where account and dimensions cannot be read, sums and counts decide', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  await submit(batch);
  const { mappings } = batch.input;
  const diet = { account: '7160', tax_code: null, dimensions: {} };
  const changed = frozenInput(undefined, { mappings: { ...mappings, diet } });
  t.match(await findExisting({ ...batch, input: changed }), [
    { outcome: 'found' },
    { outcome: 'unclear' },
  ]);
  const refusal = 'Cannot query field `account` on type `GLImportItem`';
  const body = { errors: [{ message: refusal }] };
  sandbox.faults.add({ kind: 'status', status: 200, body, operation: '^glImportItems$' });
  t.match(await findExisting({ ...batch, input: changed }), [{ outcome: 'found' }]);
});

void t.test('a question that fails settles nothing', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  await submit(batch);
  sandbox.switches.burst = null;
  const burst = { errors: [{ message: 'Wait', code: 'BAD_REQUEST.BURST_RATE_LIMIT_REACHED' }] };
  const cases = [
    [
      { kind: 'status', status: 503 },
      { failure: null, httpStatus: 503 },
    ],
    [{ kind: 'drop_before' }, { failure: null, httpStatus: null }],
    [{ kind: 'truncate_body' }, { failure: null, httpStatus: 200 }],
    [
      { kind: 'status', status: 200, body: burst },
      { failure: 'throttled', retryAfterMs: 5_000 },
    ],
    [
      { kind: 'status', status: 403 },
      { failure: 'configuration', httpStatus: 403 },
    ],
    [
      { kind: 'status', status: 200, body: { data: {} } },
      { failure: null, httpStatus: 200 },
    ],
    [
      {
        kind: 'status',
        status: 200,
        body: {
          data: {
            glImportItems: { edges: null, pageInfo: { hasNextPage: true } },
            journalEntries: { edges: null, pageInfo: { hasNextPage: true } },
          },
        },
      },
      { failure: null, errorMessage: /not understood/ },
    ],
  ] as const;
  for (const [fault, expected] of cases) {
    for (const operation of ['glImportItems', 'journalEntries']) {
      sandbox.faults.add({ ...fault, operation: `^${operation}$` });
      const answers = await findExisting(batch);
      t.match(answers, [{ outcome: 'unclear', needsPerson: false, ...expected }], operation);
      t.same(answers[0]?.claimIds, batch.openClaimIds);
      t.strictSame(answers[0]?.externalIds, {});
    }
  }
  await sandbox.close();
  t.match(await findExisting(batch), [{ outcome: 'unclear', failure: 'unreachable' }]);
});

void t.test('with no open claims nothing is asked', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput(), { openClaimIds: [] });
  t.strictSame(await findExisting(batch), []);
  t.strictSame(sandbox.requests, []);
});
