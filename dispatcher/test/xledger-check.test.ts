/** What the check of Xledger tells apart. */
import t from 'tap';

import type { XledgerSandbox } from '../adapters/xledger/sandbox/xledger-sandbox.ts';
import type { CheckSubject, FrozenMapping } from '../adapters/adapter.ts';
import { createXledgerAdapter } from '../adapters/xledger/adapter.ts';
import { checkWith, told } from './support/adapter-check.ts';
import { sandboxFor } from './support/xledger.ts';

function check(
  sandbox: XledgerSandbox,
  mapping: Partial<FrozenMapping>,
  settings: object = {},
  token = 'sandbox-token',
) {
  const subject: CheckSubject = {
    endpoint: sandbox.graphqlUrl,
    settings: { liability_account: '2910', ...settings },
    mappings: { mileage: { account: '7100', tax_code: null, dimensions: {}, ...mapping } },
  };
  return checkWith(createXledgerAdapter(), subject, { token });
}

await t.test('closed accounts and projects that take no posting are told', async (t) => {
  const sandbox = await sandboxFor(t, {
    accounts: [{ code: '7100', isClosed: true }, '2910'],
    projects: [{ code: '100', allowPosting: false }],
  });
  t.same(told(await check(sandbox, { dimensions: { project: '100' } }), 'fault'), [
    'accounts: 7100 is closed: named by mileage',
    "project: 100 can't be posted to: named by mileage",
  ]);
});

await t.test('what a kind of claim and the settings name is compared, too', async (t) => {
  const sandbox = await sandboxFor(t);
  const by_kind = {
    driver_honorarium: { account: '7991', tax_code: '91', dimensions: { project: '991' } },
  };
  const settings = {
    kinds: { driver_honorarium: { liability_account: '2991' }, travel_expense: { label: 'x' } },
    line_dimensions: { glObject1: '992' },
    liability_dimensions: { glObject1: '993', project: '991' },
  };
  t.same(told(await check(sandbox, { by_kind }, settings), 'fault'), [
    'accounts: 2991 is not in the ledger: named by kinds.driver_honorarium.liability_account',
    'accounts: 7991 is not in the ledger: named by mileage for driver_honorarium',
    'project: 991 is not in the ledger: named by liability_dimensions, mileage for driver_honorarium',
    'taxRule: 91 is not in the ledger: named by mileage for driver_honorarium',
    'glObject1: 992 is not in the ledger: named by line_dimensions',
    'glObject1: 993 is not in the ledger: named by liability_dimensions',
  ]);
  const first = { ...settings, mapper: 'xledger/1' };
  t.same(
    told(await check(sandbox, { by_kind }, first), 'fault'),
    [],
    'the first mapper reads none',
  );
});

await t.test('an entity and a transaction source that are not there are told', async (t) => {
  const sandbox = await sandboxFor(t, {
    entities: [
      { dbId: 1, code: '10' },
      { dbId: 2, code: '20', parent: '10' },
    ],
  });
  t.same(told(await check(sandbox, {}, { owner_code: '20' }), 'fault'), []);
  const result = await check(sandbox, {}, { owner_code: '30', transaction_source: 'XX' });
  t.same(told(result, 'fault'), [
    'entity: owner_code 30 is none that we see. We see: 10, 20',
    'transactionSource: XX is not in the ledger: named by transaction_source',
  ]);
});

await t.test('all pages are read, and the burst is waited for', async (t) => {
  const projects = Array.from({ length: 60 }, (_, index) => String(1000 + index));
  const sandbox = await sandboxFor(t, { projects });
  sandbox.switches.pageSize = 2;
  const result = await check(sandbox, { dimensions: { project: '1059' } });
  t.same(told(result, 'fault'), []);
  t.match(told(result, 'note').join('\n'), /requests: \d\d of the month's quota/);
});

await t.test('a scope that the token lacks is told, and the others are read', async (t) => {
  const scopes = ['entities', 'accounts', 'addGLImportItems'];
  const sandbox = await sandboxFor(t, { tokens: [{ token: 'some', scopes }] });
  const result = await check(sandbox, { dimensions: { project: '100' } }, {}, 'some');
  t.match(told(result, 'fault'), [/^project: .*Look at the token's scopes/]);
  t.match(told(result, 'note').join('\n'), /schema: it can't be read/);
});

await t.test('asking for alternatives leaves no item', async (t) => {
  const sandbox = await sandboxFor(t);
  await check(sandbox, { tax_code: '1', dimensions: { glObject1: '10' } });
  t.same(sandbox.ledger().items, []);
  t.ok(sandbox.requests.some(({ operation }) => operation === 'addGLImportItems'));
});

await t.test('an answer that is no GraphQL is told, not thrown', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.faults.add({
    kind: 'status',
    status: 200,
    body: '<html>',
    operation: 'accounts',
    times: 2,
  });
  t.match(told(await check(sandbox, {}), 'fault'), [/^accounts: not understood/]);
});

t.end();
