import t from 'tap';
import { ADD, add, ENTRIES, ERRORS, ITEMS, post, start, voucher } from './xledger-client.ts';
import { timedOut } from '../../dispatcher/adapters/xledger/sandbox/xledger-sandbox.ts';

void t.test('a voucher is kept and answered line by line as in contract 8.1', async (t) => {
  const sandbox = await start(t);
  const { status, data, errors } = await add(sandbox, 'BF-C-0000012');
  t.equal(status, 200);
  t.equal(errors, undefined);
  t.same(data?.addGLImportItems?.edges, [
    {
      clientId: 'BF-C-0000012/1',
      node: { dbId: '25080390', extIdentifier: 'BF-C-0000012', trRegNumber: 41012 },
    },
    {
      clientId: 'BF-C-0000012/2',
      node: { dbId: '25080391', extIdentifier: 'BF-C-0000012', trRegNumber: 41012 },
    },
  ]);
  t.equal(sandbox.effects('BF-C-0000012'), 1);
  t.same(sandbox.ledger().totals['BF-C-0000012'], {
    items: 2,
    entries: 0,
    effects: 1,
    debit: '1234.50',
    balance: '0.00',
  });
});

void t.test('the same input again makes new rows, which count as a second effect', async (t) => {
  const sandbox = await start(t);
  const first = await add(sandbox, 'A-1');
  const second = await add(sandbox, 'A-1');
  const last = Number(first.data?.addGLImportItems?.edges?.at(-1)?.node.dbId);
  t.ok(Number(second.data?.addGLImportItems?.edges?.[0]?.node.dbId) > last, 'dbIds rise');
  t.equal(sandbox.ledger().items.length, 4);
  t.equal(sandbox.effects('A-1'), 2);
  t.equal(sandbox.effects('A-2'), 0);
});

void t.test('amounts are taken as strings and as numbers', async (t) => {
  const sandbox = await start(t);
  const { errors } = await add(sandbox, 'A-1', 1, { amount: 1234.5, invoiceAmount: 1234.5 });
  t.equal(errors, undefined);
  t.equal(sandbox.ledger().items[0]?.amount, '1234.50');
  t.equal(sandbox.ledger().totals['A-1']?.balance, '0.00');
});

void t.test('all fields of a line that the export writes can be read back', async (t) => {
  const sandbox = await start(t, {
    subledgers: ['E-7'],
    xgl: ['X1'],
    glObject2: ['b'],
    glObject3: ['c'],
    glObject4: ['d'],
    glObject5: ['e'],
  });
  const coded = {
    taxRule: { code: '11' },
    subledger: { code: 'E-7' },
    xgl: { code: 'X1' },
    glObject1: { code: '10' },
    glObject2: { code: 'b' },
    glObject3: { code: 'c' },
    glObject4: { code: 'd' },
    glObject5: { code: 'e' },
    currency: { code: 'NOK' },
  };
  const plain = { invoiceNumber: 'I-1', trItemNumber: 3, yourReference: 'Y' };
  await add(sandbox, 'A-1', 7, { ...coded, ...plain });
  const names = Object.keys(coded);
  const { data } = await post(
    sandbox,
    `{ glImportItems(first:1){ edges{ node{ ${names.map((name) => `${name}{code}`).join(' ')}
      account{code} project{code} transactionSource{code} invoiceNumber trItemNumber yourReference
      extOrderNumber text jobLevelDbId fiscalYear fiscalPeriod } } } }`,
  );
  t.same(data?.glImportItems?.edges?.[0]?.node, {
    ...coded,
    ...plain,
    account: { code: '7140' },
    project: { code: '100' },
    transactionSource: { code: 'GL' },
    extOrderNumber: 'BF-R-0000041',
    text: 'Travel 12-14 Feb',
    jobLevelDbId: '14502',
    fiscalYear: 2026,
    fiscalPeriod: 3,
  });
});

void t.test('a fault in one line keeps nothing of the request', async (t) => {
  const sandbox = await start(t);
  const inputs = [...voucher('A-1', 1), ...voucher('A-2', 2, { account: { code: '71400' } })];
  const { status, data, errors } = await post(sandbox, ADD, { i: inputs });
  t.equal(status, 200);
  t.equal(data, undefined);
  t.same(errors, [{ message: "account.code: No value matching owner 42365431, code '71400'." }]);
  t.equal(sandbox.ledger().items.length, 0);
});

void t.test('a fault in a second mutation of the request undoes the first', async (t) => {
  const sandbox = await start(t);
  const { errors } = await post(
    sandbox,
    `mutation ($a:[AddGLImportItemsInput!]!, $b:[AddGLImportItemsInput!]!){
      a: addGLImportItems(inputs:$a){ edges{ clientId } }
      b: addGLImportItems(inputs:$b){ edges{ clientId } } }`,
    { a: voucher('A-1', 1), b: voucher('A-2', 2, { project: { code: '999' } }) },
  );
  t.equal(errors?.length, 1);
  t.equal(sandbox.ledger().items.length, 0);
});

void t.test('500 nodes are taken, more are refused and nothing is kept', async (t) => {
  const sandbox = await start(t);
  const many = Array.from({ length: 250 }, (_, index) => voucher(`A-${index}`, index)).flat();
  const tooMany = await post(sandbox, ADD, { i: [...many, ...voucher('B-1', 999)] });
  t.equal(tooMany.errors?.length, 1);
  t.equal(sandbox.ledger().items.length, 0);
  t.equal((await post(sandbox, ADD, { i: many })).errors, undefined);
  t.equal(sandbox.ledger().items.length, 500);
});

void t.test(
  'a voucher out of balance is accepted, and an error row comes later, once',
  async (t) => {
    const sandbox = await start(t);
    sandbox.switches.bookMode = 'on_poll';
    const { data, errors } = await add(sandbox, 'A-1', 5, { amount: '1000.00' });
    t.equal(errors, undefined);
    t.equal(sandbox.ledger().errors.length, 0);
    const first = data?.addGLImportItems?.edges?.[0]?.node.dbId;
    await post(sandbox, ERRORS);
    const read = await post(sandbox, ERRORS);
    t.match(read.data?.glImportItemErrors?.edges, [
      {
        node: {
          message: /Voucher 5: not in balance, difference -234\.50/,
          errorLevel: { code: 'ERROR', name: 'Error' },
          transactionDbId: first,
        },
      },
    ]);
    t.equal(read.data?.glImportItemErrors?.edges?.length, 1);
    t.equal(sandbox.ledger().entries.length, 0, 'it is not booked');
  },
);

void t.test('book mode on_poll moves items to the journal when somebody reads', async (t) => {
  const sandbox = await start(t);
  sandbox.switches.bookMode = 'on_poll';
  await add(sandbox, 'A-1');
  t.equal(sandbox.ledger().entries.length, 0);
  const items = await post(sandbox, ITEMS, { x: ['A-1'] });
  t.equal(items.data?.glImportItems?.edges, null);
  const entries = await post(sandbox, ENTRIES, { x: ['A-1'] });
  t.match(entries.data?.journalEntries?.edges, [
    { node: { amount: '1234.50', journalHeader: { transactionNumber: 100000 } } },
    { node: { amount: '-1234.50', journalHeader: { transactionNumber: 100000 } } },
  ]);
  const headers = await post(
    sandbox,
    '{ journalHeaders(first:9){ edges{ node{ transactionNumber postedDate trProcessLevel{code} } } } }',
  );
  t.match(headers.data?.journalHeaders?.edges, [
    { node: { transactionNumber: 100000, postedDate: '2026-03-02' } },
  ]);
  t.equal(sandbox.effects('A-1'), 1);
  await add(sandbox, 'A-1');
  t.equal(sandbox.effects('A-1'), 2, 'a booked and an open voucher are two');
});

void t.test('book mode after_poll tells the items and books them behind the answer', async (t) => {
  const sandbox = await start(t);
  sandbox.switches.bookMode = 'after_poll';
  await add(sandbox, 'A-1');
  const query = { x: ['A-1'] };
  t.equal((await post(sandbox, ENTRIES, query)).data?.journalEntries?.edges, null);
  t.equal((await post(sandbox, ITEMS, query)).data?.glImportItems?.edges, null);
  t.equal((await post(sandbox, ENTRIES, query)).data?.journalEntries?.edges?.length, 2);
});

void t.test('book mode never leaves the items open', async (t) => {
  const sandbox = await start(t);
  await add(sandbox, 'A-1');
  await post(sandbox, ENTRIES, { x: ['A-1'] });
  const items = await post(sandbox, ITEMS, { x: ['A-1'] });
  t.equal(items.data?.glImportItems?.edges?.length, 2);
});

void t.test('book mode reject writes an error row and leaves the items open', async (t) => {
  const sandbox = await start(t);
  sandbox.switches.bookMode = 'reject';
  await add(sandbox, 'A-1');
  const { data } = await post(sandbox, ERRORS);
  t.match(data?.glImportItemErrors?.edges, [{ node: { message: /Voucher 41012/ } }]);
  t.match(sandbox.ledger(), { items: { length: 2 }, entries: { length: 0 } });
});

void t.test('booked items stay readable as closed ones if the switch says so', async (t) => {
  const sandbox = await start(t);
  await add(sandbox, 'A-1');
  sandbox.book();
  sandbox.switches.bookedItems = 'closed';
  const count = async (status: string) => {
    const query = `{ glImportItems(objectStatus:${status}){ edges{ node{ dbId } } } }`;
    return (await post(sandbox, query)).data?.glImportItems?.edges?.length ?? 0;
  };
  t.equal(await count('OPEN'), 0);
  t.equal(await count('CLOSED'), 2);
  t.equal(await count('ALL'), 2);
});

void t.test('a person can change and remove open items', async (t) => {
  const sandbox = await start(t);
  await add(sandbox, 'A-1');
  sandbox.editItem('25080390', { amount: '1.00', text: 'changed' });
  t.match(sandbox.ledger().items[0], { amount: '1.00', text: 'changed' });
  t.equal(sandbox.removeItems('A-1'), 2);
  t.equal(sandbox.effects('A-1'), 0);
});

void t.test('a mutation that times out was applied or not, under the same answer', async (t) => {
  const sandbox = await start(t);
  sandbox.faults.add(timedOut(true), timedOut(false));
  const applied = await add(sandbox, 'A-1');
  const lost = await add(sandbox, 'A-2');
  t.same(applied, { status: 200, data: undefined, errors: [{ message: 'Your query timed out.' }] });
  t.same(lost, applied);
  t.equal(sandbox.effects('A-1'), 1);
  t.equal(sandbox.effects('A-2'), 0);
});

void t.test('the switch for time-outs applies every second mutation', async (t) => {
  const sandbox = await start(t);
  sandbox.switches.timeOuts = 3;
  sandbox.switches.timeOutStatus = 408;
  for (const reference of ['A-1', 'A-2', 'A-3', 'A-4']) {
    const { status } = await add(sandbox, reference);
    t.equal(status, reference === 'A-4' ? 200 : 408);
  }
  const effects = ['A-1', 'A-2', 'A-3', 'A-4'].map((reference) => sandbox.effects(reference));
  t.same(effects, [1, 0, 1, 1]);
});

void t.test('a fault meets the root field that it names, also set over the wire', async (t) => {
  const sandbox = await start(t);
  const response = await fetch(`${sandbox.url}/__sandbox/faults`, {
    method: 'PUT',
    body: JSON.stringify([{ operation: '^addGLImportItems$', kind: 'drop_after' }]),
  });
  t.equal(response.status, 200);
  t.equal((await post(sandbox, ITEMS, { x: ['A-1'] })).status, 200);
  await t.rejects(add(sandbox, 'A-1'));
  t.equal(sandbox.effects('A-1'), 1);
  t.match(sandbox.requests, [
    { operation: 'glImportItems', fault: null },
    { operation: 'addGLImportItems', fault: 'drop_after' },
  ]);
});

void t.test('an outage answers HTML', async (t) => {
  const sandbox = await start(t);
  sandbox.faults.add({ kind: 'status', status: 503 });
  const response = await fetch(sandbox.graphqlUrl, { method: 'POST', body: '{}' });
  t.equal(response.status, 503);
  t.match(await response.text(), /^<html>/);
});
