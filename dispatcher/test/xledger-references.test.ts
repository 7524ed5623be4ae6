import t from 'tap';
import { mapVoucher } from '../adapters/xledger/mapper.ts';
import type { Batch, FrozenClaim } from '../adapters/adapter.ts';
import { batchOf, claim, findExisting, frozenInput, sandboxFor } from './support/xledger.ts';
import { submit, summary, TWO_CLAIMS } from './support/xledger.ts';
import { post, renumbered } from './support/xledger-vouchers.ts';

/** A question about claims whose run nobody knows, made in the autumn after. */
function nowhere(endpoint: string, claims: readonly FrozenClaim[] = TWO_CLAIMS): Batch {
  const input = frozenInput(claims, { posting_date: '2026-11-22' });
  return batchOf(endpoint, input, { runId: null, batchKey: '', search: 'references' });
}

void t.test('claims are found whatever the batch key, waiting and booked', async (t) => {
  for (const extFilter of [true, false]) {
    const sandbox = await sandboxFor(t);
    sandbox.switches.burst = null;
    await submit(batchOf(sandbox.graphqlUrl, frozenInput()));
    sandbox.switches.extFilter = extFilter;
    const question = nowhere(sandbox.graphqlUrl, [...TWO_CLAIMS, claim(3, ['diet', '1.00'])]);
    for (const isBooked of [false, true]) {
      if (isBooked) sandbox.book();
      const answers = await findExisting(question);
      t.strictSame(summary(answers), [
        ['found', null, 'BF-1', 'BF-2'],
        ['absent', null, 'BF-3'],
      ]);
      t.match(answers, [{}, { collides: false }]);
    }
  }
});

void t.test('asking by time goes back far enough for lines dated ahead', async (t) => {
  const sandbox = await sandboxFor(t, { now: () => new Date('2026-01-05T12:00:00Z') });
  const ahead = claim(1, ['tickets', '10.00']);
  const lines = ahead.lines.map((line) => ({ ...line, date: '2026-10-01' }));
  const dated = { ...ahead, lines };
  const input = frozenInput([dated], { posting_date: '2026-01-05' });
  await submit(batchOf(sandbox.graphqlUrl, input));
  sandbox.switches.extFilter = false;
  t.match(await findExisting(nowhere(sandbox.graphqlUrl, [dated])), [{ outcome: 'found' }]);
  t.match(await findExisting(batchOf(sandbox.graphqlUrl, input)), [{ outcome: 'found' }]);
});

void t.test('fifty claims are found page by page, each for itself', async (t) => {
  const sandbox = await sandboxFor(t);
  Object.assign(sandbox.switches, { burst: null, pageSize: 9 });
  const claims = Array.from({ length: 50 }, (_, n) => claim(n + 1, ['diet', '1.00']));
  for (let i = 0; i < 50; i += 10) {
    const batchKey = String(i + 1)
      .padStart(8, '0')
      .padEnd(64, '7');
    await submit(batchOf(sandbox.graphqlUrl, frozenInput(claims.slice(i, i + 9)), { batchKey }));
  }
  const answers = await findExisting(nowhere(sandbox.graphqlUrl, claims));
  t.match(answers, [{ outcome: 'found' }, { outcome: 'absent' }]);
  t.match(
    answers.map(({ claimIds }) => claimIds),
    [{ length: 45 }, { length: 5 }],
  );
});

void t.test('a claim that cannot be mapped spoils no other answer', async (t) => {
  const sandbox = await sandboxFor(t);
  await submit(batchOf(sandbox.graphqlUrl, frozenInput()));
  const [first, second] = TWO_CLAIMS as [FrozenClaim, FrozenClaim];
  const strange = { ...first, lines: first.lines.map((line) => ({ ...line, type: 'unheard_of' })) };
  const unreadable = { ...claim(3, ['diet', '1.00']), total: 'much' };
  for (const search of ['run', 'references'] as const) {
    const input = frozenInput([strange, second, unreadable]);
    const answers = await findExisting(batchOf(sandbox.graphqlUrl, input, { search }));
    t.strictSame(summary(answers), [
      ['found', null, 'BF-2'],
      ['absent', null, 'BF-3'],
      ['unclear', null, 'BF-1'],
    ]);
    t.match(answers[2], { needsPerson: true, errorMessage: /unheard_of/ });
  }
});

void t.test('ids tell which list they are of, and old ones without it name both', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput([claim(1, ['diet', '369.00'])]));
  await submit(batch);
  const bare = sandbox.ledger().items.map(({ dbId }) => dbId);
  const voided = (ids: readonly string[]) => findExisting({ ...batch, voidedExternalIds: ids });
  t.match(await voided(bare.map((id) => `item:${id}`)), [{ outcome: 'absent' }]);
  t.match(await voided(bare), [{ outcome: 'absent' }]);
  t.match(await voided(bare.map((id) => `entry:${id}`)), [{ outcome: 'found' }], 'other rows');
  sandbox.book();
  const entries = sandbox.ledger().entries.map(({ dbId }) => dbId);
  t.match(await voided(entries.map((id) => `entry:${id}`)), [{ outcome: 'absent' }]);
  t.match(await voided(entries), [{ outcome: 'absent' }]);
  t.match(await voided(entries.map((id) => `item:${id}`)), [{ outcome: 'found' }]);
});

/** What a person books to undo a claim: the same lines with the other sign, in a voucher of its own. */
function reversalOf(batch: Batch, claimId: string) {
  const { inputs } = mapVoucher(batch.input, batch.batchKey, claimId);
  return renumbered(inputs, () => 77).map(({ clientId, node }) => {
    const amount = node.amount.startsWith('-') ? node.amount.slice(1) : `-${node.amount}`;
    const { transactionSource, jobLevel, account, postedDate, trRegNumber, text } = node;
    const kept = { transactionSource, jobLevel, account, postedDate, trRegNumber, text };
    const { currency, extIdentifier, extOrderNumber } = node;
    const more = { currency, extIdentifier, extOrderNumber, amount, invoiceAmount: amount };
    return { clientId, node: { ...kept, ...more } };
  });
}

void t.test('a reversal is left out with what was voided, named or only as a draft', async (t) => {
  for (const named of ['entries', 'drafts'] as const) {
    const sandbox = await sandboxFor(t);
    sandbox.switches.burst = null;
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    const [sent] = (await submit(batch)).flat();
    const [id] = batch.openClaimIds as [string];
    sandbox.book();
    const [found] = await findExisting(batch);
    const ids = named === 'drafts' ? sent?.externalIds[id] : found?.externalIds[id];
    await post(sandbox, reversalOf(batch, id));
    sandbox.book();
    t.strictSame(summary(await findExisting(batch)), [
      ['found', null, 'BF-2'],
      ['unclear', null, 'BF-1'],
    ]);
    const voided = { ...batch, voidedExternalIds: ids ?? [], voidedClaimIds: [id] };
    t.strictSame(summary(await findExisting(voided)), [
      ['found', null, 'BF-2'],
      ['absent', null, 'BF-1'],
    ]);
    const again = await submit({ ...voided, openClaimIds: [id] });
    t.strictSame(summary(again.flat()), [['accepted', null, 'BF-1']]);
    const waiting = (await findExisting(voided)).map(({ externalIds }) => externalIds[id]);
    t.strictSame(
      waiting,
      [again.flat()[0]?.externalIds[id]],
      'what waits is newer than what is booked',
    );
    sandbox.book();
    const answers = await findExisting(voided);
    t.strictSame(summary(answers), [['found', null, 'BF-1', 'BF-2']]);
    t.strictSame(
      answers[0]?.externalIds[id],
      sandbox
        .ledger()
        .entries.slice(-3)
        .map(({ dbId }) => `entry:${dbId}`),
    );
  }
});

void t.test('asking by time goes back to what was voided, however long ago it was', async (t) => {
  let now = '2026-01-05T12:00:00Z';
  const sandbox = await sandboxFor(t, { now: () => new Date(now) });
  Object.assign(sandbox.switches, { burst: null, extFilter: false });
  const claims = TWO_CLAIMS.slice(0, 1);
  const first = batchOf(sandbox.graphqlUrl, frozenInput(claims, { posting_date: '2026-01-05' }));
  const [sent] = (await submit(first)).flat();
  const [id] = first.openClaimIds as [string];
  sandbox.book();
  now = '2026-03-02T12:00:00Z';
  await post(sandbox, reversalOf(first, id));
  sandbox.book();
  const second = batchOf(sandbox.graphqlUrl, frozenInput(claims), {
    batchKey: 'b'.repeat(64),
    voidedExternalIds: sent?.externalIds[id] ?? [],
    voidedClaimIds: [id],
  });
  t.strictSame(summary(await findExisting(second)), [['absent', null, 'BF-1']]);
  t.strictSame(summary((await submit(second)).flat()), [['accepted', null, 'BF-1']]);
  t.strictSame(summary(await findExisting(second)), [['found', null, 'BF-1']]);
});

void t.test(
  'what a person deletes is absent; what is edited then booked is for a person',
  async (t) => {
    const sandbox = await sandboxFor(t);
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    await submit(batch);
    sandbox.removeItems('BF-2');
    const edit = (index: number, amount: string) =>
      sandbox.editItem(sandbox.ledger().items[index]?.dbId ?? '', { amount });
    edit(0, '200.00');
    edit(2, '-1222.50');
    sandbox.book();
    t.match(await findExisting(batch), [
      { outcome: 'absent', claimIds: batch.openClaimIds.slice(1) },
      { outcome: 'unclear', needsPerson: true, errorMessage: /^BF-1: no line of 212.00/ },
    ]);
  },
);

void t.test('a replica that lags says absent, and found once it has caught up', async (t) => {
  const sandbox = await sandboxFor(t);
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  sandbox.faults.add({ kind: 'lag', operation: '^(glImportItems|journalEntries)$', times: 4 });
  sandbox.faults.add({ kind: 'drop_after', operation: 'addGL' });
  await submit(batch);
  t.match(await findExisting(batch), [{ outcome: 'absent' }]);
  t.strictSame(summary(await findExisting(batch)), [['found', null, 'BF-1', 'BF-2']]);
});

void t.test('a question that is refused is for whoever set it up', async (t) => {
  const sandbox = await sandboxFor(t);
  const body = { errors: [{ message: 'Cannot query field `edges` on type `GLImportItems`' }] };
  for (const status of [200, 400]) {
    sandbox.faults.add({ kind: 'status', status, body, operation: 'glImportItems', times: 2 });
    t.match(await findExisting(batchOf(sandbox.graphqlUrl, frozenInput())), [
      { outcome: 'unclear', failure: 'configuration', needsPerson: false, httpStatus: status },
    ]);
  }
});
