/** A question that the schema refuses is paid for once, not each time. */
import t from 'tap';
import { createXledgerAdapter } from '../adapters/xledger/adapter.ts';
import { FULL_ASKING, SchemaMemory } from '../adapters/xledger/schema-memory.ts';
import {
  batchOf,
  claim,
  findExisting,
  frozenInput,
  sandboxFor,
  submit,
} from './support/xledger.ts';

void t.test('what a schema refused is remembered by list and address, for a day', (t) => {
  let now = 0;
  const memory = new SchemaMemory(() => now);
  const asking = { ...FULL_ASKING, filter: 'since' } as const;
  t.equal(memory.recall('one', 'glImportItems'), null);
  memory.learn('one', 'glImportItems', asking);
  t.equal(memory.recall('one', 'glImportItems'), asking);
  t.equal(memory.recall('one', 'journalEntries'), null);
  t.equal(memory.recall('two', 'glImportItems'), null);
  now = 24 * 60 * 60 * 1000 - 1;
  t.equal(memory.recall('one', 'glImportItems'), asking);
  now += 1;
  t.equal(memory.recall('one', 'glImportItems'), null, 'then the full question is tried again');
  memory.learn('one', 'glImportItems', asking);
  memory.forget('one', 'glImportItems');
  t.equal(memory.recall('one', 'glImportItems'), null);
  t.end();
});

void t.test('a refused filter and refused fields cost their requests once', async (t) => {
  for (const [switches, first] of [
    [{ extFilter: false }, 2],
    [{ codeFields: false }, 2],
    [{ extFilter: false, codeFields: false }, 4],
  ] as const) {
    const sandbox = await sandboxFor(t);
    Object.assign(sandbox.switches, { ...switches, burst: null });
    const adapter = createXledgerAdapter();
    const batch = batchOf(sandbox.graphqlUrl, frozenInput());
    t.match((await submit(batch, { adapter })).flat(), [{ outcome: 'accepted' }]);
    t.equal(sandbox.requests.length, 4 + first, 'two questions, lines, reading back; and refused');
    const before = sandbox.requests.length;
    t.match(await findExisting(batch, { adapter }), [{ outcome: 'found' }]);
    const next = frozenInput([claim(7, ['diet', '1.00'])]);
    const again = batchOf(sandbox.graphqlUrl, next, { batchKey: '7'.repeat(64) });
    t.match((await submit(again, { adapter })).flat(), [{ outcome: 'accepted' }]);
    t.equal(sandbox.requests.length - before, 2 + 4, 'nothing refused any more');
  }
});

void t.test('a schema that takes the remembered form no more is asked in full again', async (t) => {
  const sandbox = await sandboxFor(t);
  Object.assign(sandbox.switches, { extFilter: false, burst: null });
  const adapter = createXledgerAdapter();
  const batch = batchOf(sandbox.graphqlUrl, frozenInput());
  await submit(batch, { adapter });
  sandbox.switches.extFilter = true;
  const body = { errors: [{ message: 'Cannot query field `modifiedAt_gte`' }] };
  sandbox.faults.add({ kind: 'status', status: 200, body, operation: '^glImportItems$' });
  t.match(await findExisting(batch, { adapter }), [{ outcome: 'found' }]);
  const before = sandbox.requests.length;
  t.match(await findExisting(batch, { adapter }), [{ outcome: 'found' }]);
  t.equal(sandbox.requests.length - before, 2);
});

void t.test('a value that is refused says nothing of the next question', async (t) => {
  const sandbox = await sandboxFor(t);
  Object.assign(sandbox.switches, { burst: null, pageSize: 2 });
  const adapter = createXledgerAdapter();
  const others = frozenInput([2, 3, 4].map((n) => claim(n, ['diet', '1.00'])));
  await submit(batchOf(sandbox.graphqlUrl, others), { adapter });
  sandbox.book();
  const batchKey = '7'.repeat(64);
  const input = frozenInput([claim(1, ['diet', '1.00'])]);
  const batch = batchOf(sandbox.graphqlUrl, input, { batchKey });
  await submit(batch, { adapter });
  const body = { errors: [{ message: 'No.', extensions: { code: 'INVALID_VALUE' } }] };
  sandbox.faults.add({ kind: 'status', status: 200, body, operation: '^journalEntries$' });
  for (const [requests, what] of [
    [1 + 1 + 3, "refused, then by time, past others' six rows"],
    [2, 'by reference again'],
  ] as const) {
    const before = sandbox.requests.length;
    t.match(await findExisting(batch, { adapter }), [{ outcome: 'found' }]);
    t.equal(sandbox.requests.length - before, requests, what);
  }
});

void t.test('a margin covers what Xledger keeps in Central European time', async (t) => {
  // Half past midnight in Oslo, the evening before in UTC.
  const sandbox = await sandboxFor(t, { now: () => new Date('2026-02-28T23:30:00Z') });
  Object.assign(sandbox.switches, { extFilter: false, burst: null });
  const one = claim(1, ['diet', '1.00']);
  const lines = one.lines.map((line) => ({ ...line, date: '2026-03-01' }));
  for (const posting_date of ['2026-02-28', '2026-03-01', '2026-03-02']) {
    sandbox.reset();
    Object.assign(sandbox.switches, { extFilter: false, burst: null });
    const input = frozenInput([{ ...one, lines }], { posting_date });
    const batch = batchOf(sandbox.graphqlUrl, input);
    t.match((await submit(batch)).flat(), [{ outcome: 'accepted' }], posting_date);
    t.match(await findExisting(batch), [{ outcome: 'found' }], posting_date);
  }
});
