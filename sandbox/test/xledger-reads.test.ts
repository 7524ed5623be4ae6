import t from 'tap';
import type {
  LedgerReport,
  XledgerSandbox,
} from '../../dispatcher/adapters/xledger/sandbox/xledger-sandbox.ts';
import { add, ADD, ENTRIES, ITEMS, post, start, voucher } from './xledger-client.ts';

const SINCE = `query ($a:String,$since:String!){ glImportItems(first:1000, after:$a,
  objectStatus:ALL, filter:{modifiedAt_gte:$since}) {
  pageInfo{hasNextPage} edges{cursor node{dbId extIdentifier modifiedAt}} } }`;

async function page(sandbox: XledgerSandbox, args: string) {
  const { data } = await post(
    sandbox,
    `{ glImportItems(${args}){ pageInfo{hasNextPage hasPreviousPage} edges{cursor node{dbId}} } }`,
  );
  const connection = data?.glImportItems;
  const cursors = connection?.edges?.map(({ cursor }) => Number(cursor) - 25080390) ?? null;
  return { cursors, ...connection?.pageInfo };
}

void t.test('items are found by extIdentifier, and by a list of them', async (t) => {
  const sandbox = await start(t);
  for (const [index, reference] of ['A-1', 'A-2', 'A-3'].entries()) {
    await add(sandbox, reference, index + 1);
  }
  const several = await post(sandbox, ITEMS, { x: ['A-1', 'A-3', 'B-1'] });
  const found = several.data?.glImportItems?.edges?.map(({ node }) => node.extIdentifier);
  t.same(found, ['A-1', 'A-1', 'A-3', 'A-3']);
  t.match(several.data?.glImportItems?.edges?.[1]?.node, {
    amount: '-1234.50',
    invoiceAmount: '-1234.50',
    postedDate: '2026-03-02',
    trRegNumber: 1,
  });
  const one = await post(
    sandbox,
    '{ glImportItems(filter:{extIdentifier:"A-2"}){ edges{ node{ extIdentifier } } } }',
  );
  t.equal(one.data?.glImportItems?.edges?.length, 2);
});

void t.test('filters group by AND and OR', async (t) => {
  const sandbox = await start(t);
  await add(sandbox, 'A-1', 1);
  await add(sandbox, 'A-2', 2);
  const filter = `{OR:[{extIdentifier:"A-1"},{AND:[{extIdentifier:"A-2"},{dbId:25080393}]}]}`;
  t.same((await page(sandbox, `filter:${filter}`)).cursors, [0, 1, 3]);
});

void t.test('edges are null where nothing is found', async (t) => {
  const sandbox = await start(t);
  const { data } = await post(sandbox, ITEMS, { x: ['A-1'] });
  t.same(data, {
    glImportItems: { edges: null, pageInfo: { hasNextPage: false, hasPreviousPage: false } },
  });
  sandbox.switches.nullConnection = true;
  t.same((await post(sandbox, ITEMS, { x: ['A-1'] })).data, { glImportItems: null });
});

void t.test('pages go forward by first and after, backward by last and before', async (t) => {
  const sandbox = await start(t);
  await post(sandbox, ADD, {
    i: [...voucher('A-1', 1), ...voucher('A-2', 2), ...voucher('A-3', 3)],
  });
  t.same(await page(sandbox, 'first:4'), {
    cursors: [0, 1, 2, 3],
    hasNextPage: true,
    hasPreviousPage: false,
  });
  t.same(await page(sandbox, 'first:4, after:"25080393"'), {
    cursors: [4, 5],
    hasNextPage: false,
    hasPreviousPage: true,
  });
  t.same(await page(sandbox, 'last:2'), {
    cursors: [4, 5],
    hasNextPage: false,
    hasPreviousPage: true,
  });
  t.same((await page(sandbox, 'last:2, before:"25080394"')).cursors, [2, 3]);
  sandbox.switches.pageSize = 3;
  t.match(await page(sandbox, 'first:1000'), { cursors: [0, 1, 2], hasNextPage: true });
});

void t.test('more than 10 000 records and a cursor of another form are refused', async (t) => {
  const sandbox = await start(t);
  for (const args of ['first:10001', 'after:"x"', 'first:-1']) {
    const { errors } = await post(sandbox, `{ glImportItems(${args}){ edges{cursor} } }`);
    t.match(errors, [{ extensions: { code: 'INVALID_VALUE' } }], args);
  }
});

void t.test('modifiedAt is told and compared in Central European time', async (t) => {
  let now = new Date('2026-03-02T12:00:00Z');
  const sandbox = await start(t, { now: () => now });
  await add(sandbox, 'A-1');
  now = new Date('2026-07-02T12:00:00Z');
  await add(sandbox, 'A-2');
  const times = async (since: string) => {
    const { data } = await post(sandbox, SINCE, { since });
    return data?.glImportItems?.edges?.map(({ node }) => node.modifiedAt) ?? null;
  };
  const winter = '2026-03-02T13:00:00';
  const summer = '2026-07-02T14:00:00';
  t.same(await times('2026-03-02'), [winter, winter, summer, summer]);
  t.same(await times(winter), [winter, winter, summer, summer]);
  t.same(await times('2026-03-02T13:00:01'), [summer, summer]);
  t.same(await times('2026-07-02T14:00:01.000'), null);
  const { errors } = await post(sandbox, SINCE, { since: 'yesterday' });
  t.match(errors, [{ extensions: { code: 'INVALID_VALUE' } }]);
});

void t.test(
  'without ext_filter the filter is refused, and modifiedAt_gte still works',
  async (t) => {
    const sandbox = await start(t);
    sandbox.switches.extFilter = false;
    await add(sandbox, 'A-1');
    for (const query of [ITEMS, ENTRIES]) {
      const { status, data, errors } = await post(sandbox, query, { x: ['A-1'] });
      t.equal(status, 200);
      t.equal(data, undefined);
      t.match(errors, [{ extensions: { code: 'ARGUMENTS_OF_CORRECT_TYPE' } }]);
    }
    const { data } = await post(sandbox, SINCE, { since: '2020-01-01' });
    t.equal(data?.glImportItems?.edges?.length, 2);
  },
);

void t.test('without code_fields the codes of lines can be written but not read', async (t) => {
  const sandbox = await start(t);
  sandbox.switches.codeFields = false;
  t.equal((await add(sandbox, 'A-1')).errors, undefined);
  const { errors } = await post(sandbox, '{ glImportItems{ edges{ node{ account{code} } } } }');
  t.same(errors, [{ message: 'Cannot query field `account` on type `GLImportItem`' }]);
  const { data } = await post(sandbox, ITEMS, { x: ['A-1'] });
  t.equal(data?.glImportItems?.edges?.length, 2);
});

void t.test('accounts are found by their codes', async (t) => {
  const sandbox = await start(t);
  const { data } = await post(
    sandbox,
    'query ($c:[String!]){ accounts(first:100, filter:{code_in:$c}){ edges{ node{ code dbId } } } }',
    { c: ['7140', '2910', '9999'] },
  );
  t.same(
    data?.accounts?.edges?.map(({ node }) => node.code),
    ['7140', '2910'],
  );
});

void t.test('ids and amounts are written as text or as numbers, by the switches', async (t) => {
  const sandbox = await start(t);
  await add(sandbox, 'A-1');
  sandbox.switches.idForm = 'number';
  sandbox.switches.amountForm = 'number';
  const { data } = await post(sandbox, ITEMS, { x: ['A-1'] });
  t.match(data?.glImportItems?.edges?.[0], {
    cursor: '25080390',
    node: { dbId: 25080390, amount: 1234.5 },
  });
});

void t.test('an entity sees its own rows, and those of others by the owner set', async (t) => {
  const sandbox = await start(t, {
    entities: [
      { dbId: 1, code: 'top' },
      { dbId: 2, code: 'sub', parent: 'top' },
    ],
    tokens: ['sandbox-token', { token: 'sub-token', entity: 'sub' }],
  });
  await add(sandbox, 'A-1', 1);
  const below = voucher('A-2', 2).map(({ clientId, node }) => {
    return { clientId, node: { ...node, owner: { code: 'sub' } } };
  });
  t.equal((await post(sandbox, ADD, { i: below })).errors, undefined);
  t.same((await page(sandbox, 'ownerSet:CURRENT')).cursors, [0, 1]);
  t.same((await page(sandbox, 'ownerSet:LOWER')).cursors, [0, 1, 2, 3]);
  const query = '{ glImportItems{ edges{ node{ extIdentifier ownerDbId } } } }';
  const fromBelow = await post(sandbox, query, {}, 'token sub-token');
  const seen = { node: { extIdentifier: 'A-2', ownerDbId: '2' } };
  t.same(fromBelow.data?.glImportItems?.edges, [seen, seen]);
  const above = voucher('A-3', 3, { owner: { code: 'top' } });
  const refused = await post(sandbox, ADD, { i: above }, 'token sub-token');
  t.match(refused.errors, [{ message: /^owner\.code: No value matching owner 2, code 'top'\.$/ }]);
});

void t.test('the ledger can be looked at over the wire, and is empty after a reset', async (t) => {
  const sandbox = await start(t);
  await add(sandbox, 'A-1');
  const response = await fetch(`${sandbox.url}/__sandbox/ledger`);
  const report = (await response.json()) as LedgerReport;
  t.same(report, sandbox.ledger());
  t.equal(report.totals['A-1']?.debit, '1234.50');
  sandbox.switches.bookMode = 'reject';
  sandbox.reset();
  t.same(sandbox.ledger(), { items: [], entries: [], errors: [], totals: {} });
  t.equal(sandbox.switches.bookMode, 'never');
  t.equal(sandbox.requests.length, 0);
});

void t.test('lag answers reads by what was there when it was added', async (t) => {
  const sandbox = await start(t);
  await add(sandbox, 'A-1');
  sandbox.faults.add({ kind: 'lag', times: 4 });
  await add(sandbox, 'A-2');
  t.equal(sandbox.effects('A-2'), 1, 'what writes is served as ever');
  sandbox.book();
  const items = async (x: string) => (await post(sandbox, ITEMS, { x: [x] })).data?.glImportItems;
  t.equal((await items('A-2'))?.edges, null);
  t.match(await items('A-1'), { edges: { length: 2 } }, 'not booked yet');
  const entries = await post(sandbox, ENTRIES, { x: ['A-1'] });
  t.equal(entries.data?.journalEntries?.edges, null);
  t.equal((await items('A-1'))?.edges, null, 'it has caught up');
  t.match(sandbox.ledger(), { items: [], entries: { length: 4 } });
});
