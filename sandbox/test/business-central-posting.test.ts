import t from 'tap';
import type { Client } from './business-central-client.ts';
import { inserts, line, openSandbox } from './business-central-client.ts';
import { incrementText } from '../../dispatcher/adapters/business-central/sandbox/posting.ts';

async function draft(client: Client, path: string, reference = 'HLF-C-0000012'): Promise<void> {
  const lines = [line(10000, 100, reference), line(20000, -100, reference)];
  await client.batch(inserts(path, lines));
}

void t.test('posting moves the lines of a journal to the ledger', async (t) => {
  const client = await openSandbox(t);
  const { sandbox, company, journal } = client;
  const path = await journal();
  await draft(client, path);
  const [first] = (await company('GET', `${path}/journalLines`)).body.value;
  await company('POST', `${path}/journalLines(${first?.id})/dimensionSetLines`, {
    code: 'AVDELING',
    valueCode: '100',
  });
  const posted = await company('POST', `${path}/Microsoft.NAV.post`);
  t.equal(posted.status, 204);
  t.same(posted.body, {}, 'nothing in the body');
  const filter = "$filter=documentNumber eq 'HLF-C-0000012'&$expand=dimensionSetLines";
  const { value } = (await company('GET', `generalLedgerEntries?${filter}`)).body;
  t.match(value, [
    {
      entryNumber: 1,
      accountNumber: '7140',
      debitAmount: 100,
      creditAmount: 0,
      postingDate: '2026-03-02',
      description: 'Travel 12-14 Feb, claim 12',
      dimensionSetLines: [{ code: 'AVDELING', valueCode: '100' }],
    },
    { entryNumber: 2, accountNumber: '2910', debitAmount: 0, creditAmount: 100 },
  ]);
  t.notOk('externalDocumentNumber' in (value[0] ?? {}));
  t.match((await company('GET', `generalLedgerEntries(${value[0]?.id})`)).body, { entryNumber: 1 });
  const below = `generalLedgerEntries(${value[0]?.id})/dimensionSetLines`;
  t.match((await company('GET', below)).body.value, [{ valueCode: '100' }]);
  t.equal((await company('POST', 'generalLedgerEntries', {})).status, 405, 'only for reading');
  t.equal(sandbox.effects('HLF-C-0000012'), 1);
});

void t.test('without a number series posting leaves a blank line 10000', async (t) => {
  const client = await openSandbox(t);
  const path = await client.journal();
  await draft(client, path);
  await client.company('POST', `${path}/Microsoft.NAV.post`);
  const { value } = (await client.company('GET', `${path}/journalLines`)).body;
  t.match(value, [{ lineNumber: 10000, amount: 0, accountNumber: '', documentNumber: '' }]);
  t.equal(value.length, 1);
  const again = await client.batch(inserts(path, [line(10000, 100)]));
  t.equal(again.body.responses[0]?.status, 400, 'a resend collides with it');
});

void t.test('with a number series posting leaves an empty journal', async (t) => {
  const client = await openSandbox(t, { companies: [{ noSeries: 'G001' }] });
  const path = await client.journal();
  await draft(client, path);
  await client.company('POST', `${path}/Microsoft.NAV.post`);
  t.same((await client.company('GET', `${path}/journalLines`)).body.value, []);
});

void t.test('the action posts whatever the case of its name', async (t) => {
  const client = await openSandbox(t);
  const path = await client.journal();
  await draft(client, path);
  t.equal((await client.company('POST', `${path}/microsoft.nav.POST`)).status, 204);
  t.equal((await client.company('GET', `${path}/Microsoft.NAV.post`)).status, 405);
});

void t.test('a journal whose code counts up is replaced by the next one', async (t) => {
  const client = await openSandbox(t, { companies: [{ incrementBatchName: true }] });
  const { company, journal } = client;
  const counting = await journal('EXP0009');
  await draft(client, counting);
  await company('POST', `${counting}/Microsoft.NAV.post`);
  t.equal((await company('GET', counting)).status, 404, 'the id is gone');
  const [next] = (await company('GET', 'journals')).body.value;
  t.equal(next?.['code'], 'EXP0010');
  t.same((await company('GET', `journals(${next?.id})/journalLines`)).body.value, []);
  const letters = await journal('EXPKQTBZRA');
  await draft(client, letters);
  await company('POST', `${letters}/Microsoft.NAV.post`);
  t.equal((await company('GET', letters)).status, 200, 'a code without digits stays');
});

void t.test('a posting series replaces the document numbers', async (t) => {
  const client = await openSandbox(t, { companies: [{ postingNoSeries: 'GL0099' }] });
  const { sandbox, company, batch } = client;
  const path = await client.journal();
  const lines = [
    { ...line(10000, 1, 'A'), externalDocumentNumber: '' },
    { ...line(20000, -1, 'A'), externalDocumentNumber: '' },
    line(30000, 2, 'B'),
    line(40000, -2, 'B'),
  ];
  await batch(inserts(path, lines));
  await company('POST', `${path}/Microsoft.NAV.post`);
  const { value } = (await company('GET', 'generalLedgerEntries')).body;
  t.same(
    value.map((entry) => entry['documentNumber']),
    ['GL0099', 'GL0099', 'GL0100', 'GL0100'],
  );
  t.equal(sandbox.effects('A'), 1, 'the books still know the reference');
});

void t.test('nothing is posted from a journal that may not be', async (t) => {
  const client = await openSandbox(t, {
    companies: [{ allowedFrom: '2026-03-01', allowedTo: '2026-03-31' }],
  });
  const { sandbox, company, batch } = client;
  const cases: [string, Record<string, unknown>[], string, RegExp][] = [
    ['NONE', [], 'Application_DialogException', /^There is nothing to post\./],
    [
      'UNEVEN',
      [line(10000, 100, 'A'), line(20000, -90, 'A'), line(30000, -10, 'B')],
      'Application_DialogException',
      /^Document No\. A is out of balance by 10\.00\. Please check that/,
    ],
    [
      'EARLY',
      [{ ...line(10000, 0.5), postingDate: '2026-02-28' }, line(20000, -0.5)],
      'Application_DialogException',
      /is not within your range of allowed posting dates/,
    ],
    [
      'LATE',
      [{ ...line(10000, 0.5), postingDate: '2026-04-01' }, line(20000, -0.5)],
      'Application_DialogException',
      /is not within your range of allowed posting dates/,
    ],
    [
      'NOACCOUNT',
      [{ ...line(10000, 0.5), accountNumber: '' }, line(20000, -0.5)],
      'Application_FieldValidationException',
      /^Account No\. must have a value in Gen\. Journal Line/,
    ],
  ];
  for (const [code, lines, error, message] of cases) {
    const path = await client.journal(code);
    if (lines.length > 0) await batch(inserts(path, lines));
    const answer = await company('POST', `${path}/Microsoft.NAV.post`);
    t.match(answer, { status: 400, body: { error: { code: error, message } } }, code);
    const { value } = (await company('GET', `${path}/journalLines`)).body;
    t.equal(value.length, lines.length, 'the lines are still there');
  }
  t.same(sandbox.ledger()[0]?.entries, []);
});

void t.test('a line with a balancing account balances by itself', async (t) => {
  const { sandbox, company, journal } = await openSandbox(t);
  const path = await journal();
  const sent = { ...line(10000, 100), balancingAccountNumber: '2910' };
  await company('POST', `${path}/journalLines`, sent);
  t.equal(sandbox.effects('HLF-C-0000012'), 1);
  t.equal((await company('POST', `${path}/Microsoft.NAV.post`)).status, 204);
  t.match(sandbox.ledger()[0]?.entries, [
    { accountNumber: '7140', amount: 100 },
    { accountNumber: '2910', amount: -100 },
  ]);
});

void t.test('a reference that is drafted and posted is there twice', async (t) => {
  const client = await openSandbox(t);
  const first = await client.journal('FIRST');
  await draft(client, first);
  await client.company('POST', `${first}/Microsoft.NAV.post`);
  await draft(client, await client.journal('SECOND'));
  t.equal(client.sandbox.effects('HLF-C-0000012'), 2);
  t.equal(client.sandbox.effects('HLF-C-0000013'), 0);
  t.same(client.sandbox.ledger()[0]?.debitByDocument, { 'HLF-C-0000012': 200 });
  await client.company('POST', `${await client.journal('THIRD')}/journalLines`, line(10000, 100));
  t.equal(client.sandbox.effects('HLF-C-0000012'), 3, 'half a voucher counts too');
});

void t.test('the last number in a text is what counts up', (t) => {
  t.equal(incrementText('EXP0009'), 'EXP0010');
  t.equal(incrementText('EXP9'), 'EXP10');
  t.equal(incrementText('A1B2C'), 'A1B3C');
  t.equal(incrementText('EXPKQTBZRA'), null);
  t.end();
});
