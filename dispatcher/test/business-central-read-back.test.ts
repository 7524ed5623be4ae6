/** What is read back decides, and every field is on every line. */
import t from 'tap';
import type { HttpRequest, HttpResult } from '../http.ts';
import { claim, startWorld, type World } from './support/business-central.ts';

const world = await startWorld();
t.teardown(() => world.sandbox.close());
t.beforeEach(() => world.sandbox.reset());
const [one, two] = [claim(1), claim(2)];

interface Line {
  accountType: string;
  accountNumber: string;
  amount: number;
  balancingAccountNumber: string;
}

/** Changes the lines that the adapter reads once they are written. */
function seen(change: (lines: Line[]) => Line[]) {
  let isWritten = false;
  return (request: HttpRequest, result: HttpResult): HttpResult => {
    if (request.url.endsWith('$batch')) isWritten = true;
    const isLines = request.method === 'GET' && request.url.includes('/journalLines?');
    if (!isWritten || !isLines || result.kind !== 'answer') return result;
    const body = JSON.parse(result.text) as { value: Line[] };
    return { ...result, text: JSON.stringify({ ...body, value: change(body.value) }) };
  };
}

void t.test('lines that were answered as created count only as they are read', async (t) => {
  const first = (change: Partial<Line>) => (lines: Line[]) =>
    lines.map((line, index) => (index === 0 ? { ...line, ...change } : line));
  const cases: Readonly<Record<string, (lines: Line[]) => Line[]>> = {
    'one less': (lines) => lines.slice(1),
    'one more': (lines) => [...lines, ...lines.slice(0, 1)],
    none: () => [],
    'another sum': first({ amount: 100.11 }),
    'another sign': first({ amount: -100.1 }),
    'another account': first({ accountNumber: '7140' }),
    'another type of account': first({ accountType: 'Bank_x0020_Account' }),
    'balanced a second time': first({ balancingAccountNumber: '2400' }),
  };
  for (const [name, change] of Object.entries(cases)) {
    world.sandbox.reset();
    const results = await world.submit(world.batch([one]), { alter: seen(change) });
    t.match(results, [{ outcome: 'unknown', httpStatus: 200 }], name);
  }
  world.sandbox.reset();
  t.match(await world.submit(world.batch([one]), { alter: seen((lines) => lines) }), [
    { outcome: 'accepted' },
  ]);
});

void t.test('a claim that is there as sent is accepted beside one that is not', async (t) => {
  const isTwo = ({ amount }: Line) => amount === -300.3;
  const three = claim(3, 3);
  const alter = seen((lines) => lines.filter((line) => !isTwo(line)));
  t.match(await world.submit(world.batch([one, three]), { alter }), [
    { outcome: 'accepted', claimIds: [one.claim_id] },
    { outcome: 'unknown', claimIds: [three.claim_id] },
  ]);
});

void t.test('names of account types are understood in both of their forms', async (t) => {
  for (const enumForm of ['encoded', 'plain'] as const) {
    const played = await startWorld({ enumForm });
    t.teardown(() => played.sandbox.close());
    t.match(await played.submit(played.batch([one])), [{ outcome: 'accepted' }], enumForm);
    t.match(await played.ask(played.batch([one])), [{ outcome: 'found' }], enumForm);
  }
});

/** An empty journal of our code, as a throttled attempt leaves it. */
async function emptyJournal(played: World): Promise<string> {
  played.sandbox.faults.add({ kind: 'status', status: 429, path: '\\$batch' });
  await played.submit(played.batch([one, two]));
  return `journals(${played.journals()[0]?.id ?? ''})`;
}

void t.test('nothing is taken over from the line before, nor from the journal', async (t) => {
  const journal = await emptyJournal(world);
  const { value: accounts } = (await world.call('GET', 'accounts')) as {
    value: { id: string; number: string }[];
  };
  const balancingAccountId = accounts.find(({ number }) => number === '2400')?.id;
  await world.call('PATCH', journal, { balancingAccountId });
  const batch = world.batch([one, two]);
  const mileage = { account: '7100', tax_code: 'HØY', dimensions: { AVDELING: '100' } };
  const mappings = { ...batch.input.mappings, mileage };
  t.match(await world.submit({ ...batch, input: { ...batch.input, mappings } }), [
    { outcome: 'accepted' },
  ]);
  t.match(
    world
      .journals()[0]
      ?.lines.map(({ taxCode, balancingAccountNumber, comment }) => [
        taxCode,
        balancingAccountNumber,
        comment,
      ]),
    [
      ['HØY', '', ''],
      ['', '', ''],
      ['', '', ''],
      ['HØY', '', ''],
      ['', '', ''],
      ['', '', ''],
    ],
  );
});

void t.test('every line carries every field that can be written', async (t) => {
  let operations: { body: object }[] = [];
  await world.submit(world.batch([one]), {
    alter: ({ url, body = '' }, result) => {
      const isLines = url.endsWith('$batch') && body.includes('lineNumber');
      if (isLines) operations = (JSON.parse(body) as { requests: { body: object }[] }).requests;
      return result;
    },
  });
  t.equal(operations.length, 3);
  // Contract 2.3, less the ids, of which the numbers are the other form.
  const fields = [
    'accountNumber',
    'accountType',
    'amount',
    'balanceAccountType',
    'balancingAccountNumber',
    'comment',
    'description',
    'documentNumber',
    'externalDocumentNumber',
    'lineNumber',
    'postingDate',
    'taxCode',
  ];
  for (const { body } of operations) t.same(Object.keys(body).sort(), fields);
});
