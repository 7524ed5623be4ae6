import t from 'tap';
import { line, openSandbox } from './business-central-client.ts';

void t.test('a journal needs only a code, and belongs to the default template', async (t) => {
  const { company } = await openSandbox(t);
  const { status, body, headers } = await company('POST', 'journals', { code: 'EXPKQTBZRA' });
  t.equal(status, 201);
  t.match(body, {
    '@odata.context': /\/journals\/\$entity$/,
    '@odata.etag': /^W\/".+"$/,
    code: 'EXPKQTBZRA',
    displayName: '',
    templateDisplayName: 'GENERAL',
    balancingAccountId: '00000000-0000-0000-0000-000000000000',
    balancingAccountNumber: '',
  });
  t.match(headers.get('location'), new RegExp(`/journals\\(${body.id}\\)$`));
  t.match((await company('GET', `journals(${body.id})`)).body, { code: 'EXPKQTBZRA' });
});

void t.test('a code is taken once per template, without regard to case', async (t) => {
  const { company } = await openSandbox(t, { companies: [{ otherTemplates: ['PAYMENT'] }] });
  t.match((await company('POST', 'journals', { code: 'expkqtbzra' })).body, { code: 'EXPKQTBZRA' });
  t.match(await company('POST', 'journals', { code: 'EXPKQTBZRA' }), {
    status: 400,
    body: {
      error: {
        code: 'Internal_EntityWithSameKeyExists',
        message:
          /^The Gen\. Journal Batch already exists\. Identification fields and values: Journal Template Name='GENERAL',Name='EXPKQTBZRA' {2}CorrelationId: {2}/,
      },
    },
  });
  const other = { code: 'EXPKQTBZRA', templateDisplayName: 'PAYMENT' };
  t.equal((await company('POST', 'journals', other)).status, 201);
});

void t.test('a journal is refused for a long code, none, an id, or a strange field', async (t) => {
  const { company } = await openSandbox(t);
  const cases: [unknown, string][] = [
    [{ code: 'ABCDEFGHIJKL' }, 'Application_StringExceededLength'],
    [{}, 'BadRequest_RequiredParamNotProvided'],
    [{ code: 'A', id: '11111111-0000-4000-8000-000000000041' }, 'BadRequest_InvalidOperation'],
    [{ code: 'A', colour: 'red' }, 'BadRequest'],
    [{ code: 'A', templateDisplayName: 'NONE' }, 'Internal_InvalidTableRelation'],
    ['{"code":', 'BadRequest'],
  ];
  for (const [body, code] of cases) {
    t.match(await company('POST', 'journals', body), { status: 400, body: { error: { code } } });
  }
  t.same((await company('GET', 'journals')).body.value, [], 'nothing was kept');
});

void t.test('only the default template is listed, unless the filter names another', async (t) => {
  const { company } = await openSandbox(t, { companies: [{ otherTemplates: ['PAYMENT'] }] });
  await company('POST', 'journals', { code: 'ONE' });
  await company('POST', 'journals', { code: 'TWO', templateDisplayName: 'PAYMENT' });
  const codes = async (query: string) =>
    (await company('GET', `journals${query}`)).body.value.map(({ code }) => code);
  t.same(await codes(''), ['ONE']);
  t.same(await codes("?$filter=code eq 'TWO'"), []);
  t.same(await codes("?$filter=code eq 'TWO' and templateDisplayName eq 'PAYMENT'"), ['TWO']);
  t.same(await codes("?$filter=code eq 'one'"), ['ONE'], 'codes compare without case');
});

void t.test('changes and deletions need the current etag or a star', async (t) => {
  const { company, journal } = await openSandbox(t);
  const path = await journal();
  const change = { displayName: 'Travel expenses 2026-03' };
  t.match(await company('PATCH', path, change), {
    status: 400,
    body: { error: { code: 'BadRequest_InvalidToken' } },
  });
  const etag = String((await company('GET', path)).body['@odata.etag']);
  const changed = await company('PATCH', path, change, { 'if-match': etag });
  t.match(changed, { status: 200, body: change });
  t.match(await company('PATCH', path, change, { 'if-match': etag }), {
    status: 409,
    body: { error: { code: 'Request_EntityChanged' } },
  });
  t.equal((await company('DELETE', path)).status, 400);
  t.equal((await company('DELETE', path, undefined, { 'if-match': '*' })).status, 204);
  t.match(await company('GET', path), { status: 404, body: { error: { code: /NotFound/ } } });
});

void t.test('the lines of a journal are deleted with it', async (t) => {
  const { sandbox, company, journal } = await openSandbox(t);
  const path = await journal();
  await company('POST', `${path}/journalLines`, line(10000, 100));
  await company('DELETE', path, undefined, { 'if-match': '*' });
  t.equal(sandbox.effects('HLF-C-0000012'), 0);
  t.equal((await company('GET', `${path}/journalLines`)).status, 404);
});

void t.test('a balancing account of the journal is put on every line', async (t) => {
  const { company } = await openSandbox(t);
  const [account] = (await company('GET', "accounts?$filter=number eq '2910'")).body.value;
  const made = await company('POST', 'journals', {
    code: 'EXP',
    balancingAccountId: account?.id,
  });
  t.equal(made.body['balancingAccountNumber'], '2910');
  const added = await company('POST', `journals(${made.body.id})/journalLines`, line(10000, 5));
  t.match(added.body, { balancingAccountNumber: '2910', balancingAccountId: account?.id });
});

void t.test('a journal is given with its lines by $expand', async (t) => {
  const { company, journal } = await openSandbox(t);
  const path = await journal();
  await company('POST', `${path}/journalLines`, line(10000, 100));
  const { body } = await company('GET', `${path}?$expand=journalLines`);
  t.match(body['journalLines'], [{ lineNumber: 10000, amount: 100 }]);
});
