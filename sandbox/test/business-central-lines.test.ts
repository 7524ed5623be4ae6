import t from 'tap';
import { line, openSandbox } from './business-central-client.ts';

void t.test('a line is kept as it was sent, also in a journal that does not balance', async (t) => {
  const { sandbox, company, journal } = await openSandbox(t);
  const path = await journal();
  const sent = { ...line(10000, 1234.5), comment: 'request 41', taxCode: 'none' };
  const { status, body } = await company('POST', `${path}/journalLines`, sent);
  t.equal(status, 201);
  t.match(body, {
    ...sent,
    accountType: 'G_x002F_L_x0020_Account',
    taxCode: 'NONE',
    '@odata.etag': /^W\/"/,
    journalDisplayName: 'EXPKQTBZRA',
    balancingAccountNumber: '',
  });
  t.equal(`journals(${String(body['journalId'])})`, path);
  t.same(sandbox.ledger()[0]?.debitByDocument, { 'HLF-C-0000012': 1234.5 });
});

void t.test('enums can be answered without encoding too', async (t) => {
  const { company, journal } = await openSandbox(t, { enumForm: 'plain' });
  const path = `${await journal()}/journalLines`;
  const sent = { ...line(10000, 1), accountType: 'G_x002F_L_x0020_Account' };
  t.equal((await company('POST', path, sent)).body['accountType'], 'G/L Account');
});

void t.test(
  'what Business Central refuses on a line is refused, and nothing is kept',
  async (t) => {
    const { company, journal } = await openSandbox(t);
    const path = `${await journal()}/journalLines`;
    const accounts = (await company('GET', 'accounts')).body.value;
    const cases: [Record<string, unknown>, string, RegExp][] = [
      [
        { accountNumber: '9999' },
        'Application_DialogException',
        /^The "accountNumber" does not match to an Account\./,
      ],
      [{ accountId: '7140' }, 'Application_InvalidGUID', /^Invalid format of GUID/],
      [
        { accountId: accounts[0]?.id },
        'Application_DialogException',
        /^The account values do not match to a specific Account\./,
      ],
      [
        { documentNumber: 'X'.repeat(23) },
        'Application_StringExceededLength',
        /^The length of the string is 23, but it must be less than or equal to 20 characters\. Value: X/,
      ],
      [{ externalDocumentNumber: 'X'.repeat(36) }, 'Application_StringExceededLength', /36.*35/],
      [{ description: 'X'.repeat(101) }, 'Application_StringExceededLength', /101.*100/],
      [{ comment: 'X'.repeat(251) }, 'Application_StringExceededLength', /251.*250/],
      [
        { id: '11111111-0000-4000-8000-000000000041' },
        'BadRequest_InvalidOperation',
        /^Control 'Id' is read-only/,
      ],
      [
        { journalDisplayName: 'OTHER' },
        'Application_DialogException',
        /^The Journal Batch Display Name isn't editable\./,
      ],
      [
        { accountType: 'Foo' },
        'Unknown',
        /^'Foo' is not an option\. The existing options are: G\/L/,
      ],
      [{ postingDate: '2026-02-30' }, 'BadRequest', /^Unable to convert value to Date/],
      [{ postingDate: '02.03.2026' }, 'BadRequest', /^Unable to convert value to Date/],
      [{ amount: '1234.50' }, 'BadRequest', /Edm\.Decimal/],
      [{ description: null }, 'BadRequest', /null value/],
      [{ currency: 'NOK' }, 'BadRequest', /'currency' does not exist/],
    ];
    for (const [change, code, message] of cases) {
      const answer = await company('POST', path, { ...line(10000, 100), ...change });
      t.match(answer, { status: 400, body: { error: { code, message } } }, JSON.stringify(change));
      t.match(answer.body.error.message, / {2}CorrelationId: {2}[0-9a-f-]{36}\.$/);
    }
    t.match(await company('POST', path, '{"amount":'), {
      status: 400,
      body: { error: { code: 'BadRequest', message: /^Invalid Request Body/ } },
    });
    t.same((await company('GET', path)).body.value, []);
  },
);

void t.test('a line number is taken once in its journal', async (t) => {
  const { company, journal } = await openSandbox(t);
  const path = `${await journal()}/journalLines`;
  await company('POST', path, line(10000, 100));
  t.match(await company('POST', path, line(10000, 100)), {
    status: 400,
    body: {
      error: {
        code: 'Internal_EntityWithSameKeyExists',
        message:
          /^The Gen\. Journal Line already exists\. Identification fields and values: Journal Template Name='GENERAL',Journal Batch Name='EXPKQTBZRA',Line No\.='10000'/,
      },
    },
  });
  t.equal((await company('GET', path)).body.value.length, 1);
});

void t.test('document numbers need not be unique: a second send is a second booking', async (t) => {
  const { sandbox, company, journal } = await openSandbox(t);
  const path = `${await journal()}/journalLines`;
  for (const number of [10000, 20000]) {
    await company('POST', path, line(number * 2, 100));
    await company('POST', path, line(number * 2 + 10000, -100));
  }
  t.equal(sandbox.effects('HLF-C-0000012'), 2);
});

void t.test('values that are missing come from the line before', async (t) => {
  const { company, journal } = await openSandbox(t);
  const path = `${await journal()}/journalLines`;
  await company('POST', path, line(15000, 100));
  const { body } = await company('POST', path, { accountNumber: '2910', amount: -100 });
  t.match(body, {
    lineNumber: 25000,
    postingDate: '2026-03-02',
    documentNumber: 'HLF-C-0000012',
    externalDocumentNumber: 'HLF-C-0000012',
    description: 'Travel 12-14 Feb, claim 12',
  });
});

void t.test('the first line of a journal with a number series takes its number', async (t) => {
  const { company, journal } = await openSandbox(t, { companies: [{ noSeries: 'G00001' }] });
  const path = `${await journal()}/journalLines`;
  const { body } = await company('POST', path, { accountNumber: '7140', amount: 1 });
  t.match(body, { lineNumber: 10000, documentNumber: 'G00001' });
});

void t.test(
  'lines of employees, fixed assets and IC partners are kept but not shown',
  async (t) => {
    const { sandbox, company, journal } = await openSandbox(t);
    const path = `${await journal()}/journalLines`;
    const ids: string[] = [];
    for (const [index, accountType] of ['Employee', 'Fixed Asset', 'IC Partner'].entries()) {
      const sent = { ...line((index + 1) * 10000, 1), accountType, accountNumber: 'E12' };
      const { status, body } = await company('POST', path, sent);
      t.equal(status, 201);
      ids.push(body.id);
    }
    await company('POST', path, { ...line(40000, 1), accountType: 'Vendor', accountNumber: 'V1' });
    t.match((await company('GET', path)).body.value, [{ accountType: 'Vendor' }]);
    t.equal((await company('GET', path)).body.value.length, 1);
    t.equal((await company('GET', `${path}(${ids[0]})`)).status, 404);
    t.equal(sandbox.ledger()[0]?.journals[0]?.lines.length, 4);
    t.equal((await company('POST', path, line(10000, 1))).status, 400, 'their numbers are taken');
  },
);

void t.test('lines are only listed below their journal', async (t) => {
  const { company, journal } = await openSandbox(t);
  const path = await journal();
  const { body } = await company('POST', `${path}/journalLines`, line(10000, 1));
  t.match(await company('GET', 'journalLines'), {
    status: 400,
    body: {
      error: {
        code: 'Application_DialogException',
        message: /^You must specify a journal batch ID or a journal ID to get a journal line\./,
      },
    },
  });
  t.match((await company('GET', `journalLines(${body.id})`)).body, { lineNumber: 10000 });
  const flat = { ...line(20000, 1), journalId: body['journalId'] };
  t.equal((await company('POST', 'journalLines', flat)).status, 201);
  const missing = 'journals(11111111-0000-4000-8000-000000000041)/journalLines';
  t.equal((await company('GET', missing)).status, 404);
  t.equal((await company('POST', missing, line(10000, 1))).status, 404);
});

void t.test('a line is changed and deleted with the current etag or a star', async (t) => {
  const { company, journal } = await openSandbox(t);
  const path = `${await journal()}/journalLines`;
  const { body } = await company('POST', path, line(10000, 100));
  await company('POST', path, line(20000, 100));
  const one = `${path}(${body.id})`;
  const etag = String(body['@odata.etag']);
  t.match(await company('PATCH', one, { amount: 200 }), {
    status: 400,
    body: { error: { code: 'BadRequest_InvalidToken' } },
  });
  const changed = await company('PATCH', one, { amount: 200 }, { 'if-match': etag });
  t.match(changed, { status: 200, body: { amount: 200, documentNumber: 'HLF-C-0000012' } });
  const old = await company('PATCH', one, { amount: 300 }, { 'if-match': etag });
  t.match(old, { status: 409, body: { error: { code: 'Request_EntityChanged' } } });
  const star = { 'if-match': '*' };
  t.equal((await company('PATCH', one, { lineNumber: 20000 }, star)).status, 400);
  const moved = { journalId: '11111111-0000-4000-8000-000000000041' };
  t.match(await company('PATCH', one, moved, star), {
    status: 400,
    body: { error: { message: /^The Journal Batch Id isn't editable\./ } },
  });
  t.equal((await company('DELETE', one)).status, 400);
  t.equal((await company('DELETE', one, undefined, star)).status, 204);
  t.match((await company('GET', path)).body.value, [{ lineNumber: 20000 }]);
});
