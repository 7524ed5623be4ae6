import t from 'tap';
import type { Test } from 'tap';
import { inserts, line, openSandbox } from './business-central-client.ts';

async function openLines(t: Test) {
  const client = await openSandbox(t);
  const path = await client.journal();
  const lines = [
    line(10000, 100, 'HLF-C-1'),
    line(20000, -100, 'HLF-C-1'),
    line(30000, 50.25, 'HLF-C-2'),
    { ...line(40000, -50.25, 'HLF-C-2'), description: "Tora's trip", postingDate: '2026-04-01' },
  ];
  await client.batch(inserts(path, lines));
  const read = (query: string, headers: Record<string, string> = {}) =>
    client.company('GET', `${path}/journalLines?${query}`, undefined, headers);
  const numbers = async (query: string) =>
    (await read(query)).body.value.map(({ lineNumber }) => Number(lineNumber) / 10000);
  return { ...client, path, read, numbers };
}

void t.test('filters find what Business Central finds', async (t) => {
  const { numbers } = await openLines(t);
  const cases: [string, number[]][] = [
    ["documentNumber eq 'HLF-C-1'", [1, 2]],
    ["externalDocumentNumber eq 'HLF-C-2'", [3, 4]],
    ["documentNumber eq 'hlf-c-1'", [1, 2]],
    ["documentNumber ne 'HLF-C-1'", [3, 4]],
    ["documentNumber eq 'NONE'", []],
    ['amount gt 50.25', [1]],
    ['amount ge 50.25', [1, 3]],
    ['amount lt -50.25', [2]],
    ['amount le -50.25', [2, 4]],
    ['postingDate ge 2026-03-15', [4]],
    ["documentNumber eq 'HLF-C-1' and amount gt 0", [1]],
    ["documentNumber eq 'HLF-C-1' or documentNumber eq 'HLF-C-2'", [1, 2, 3, 4]],
    ['(lineNumber eq 10000 or lineNumber eq 40000) and amount lt 0', [4]],
    ["startswith(documentNumber,'HLF-C-2')", [3, 4]],
    ["contains(description,'trip')", [4]],
    ["description eq 'Tora''s trip'", [4]],
    ["accountType eq 'G/L Account' and lineNumber eq 10000", [1]],
    ["accountType eq 'G_x002F_L_x0020_Account' and lineNumber eq 10000", [1]],
  ];
  for (const [filter, expected] of cases) {
    t.same(await numbers(`$filter=${encodeURIComponent(filter)}`), expected, filter);
  }
});

void t.test('what a filter cannot say is refused', async (t) => {
  const { company, read } = await openLines(t);
  const cases: [string, string, RegExp][] = [
    [
      "documentNumber eq 'A' or externalDocumentNumber eq 'A'",
      'BadRequest',
      /^The 'OR' operator is not supported on distinct fields on an OData filter\./,
    ],
    ["reference eq 'A'", 'BadRequest', /^Could not find a property named 'reference'/],
    ['documentNumber eq 12', 'BadRequest', /incompatible types/],
    ["amount eq '12'", 'BadRequest', /incompatible types/],
    ["documentNumber eq 'A", 'BadRequest', /^Syntax error/],
    ["documentNumber is 'A'", 'BadRequest', /^Syntax error/],
    [`documentNumber eq '${'X'.repeat(21)}'`, 'Application_FilterErrorException', /21.*20/],
  ];
  for (const [filter, code, message] of cases) {
    const answer = await read(`$filter=${encodeURIComponent(filter)}`);
    t.match(answer, { status: 400, body: { error: { code, message } } }, filter);
  }
  const entries = "generalLedgerEntries?$filter=externalDocumentNumber eq 'HLF-C-1'";
  t.match(await company('GET', entries), {
    status: 400,
    body: { error: { code: 'BadRequest', message: /externalDocumentNumber/ } },
  });
});

void t.test('rows are selected, sorted, skipped, cut and counted as asked', async (t) => {
  const { read, numbers } = await openLines(t);
  const { body } = await read('$select=lineNumber,amount&$top=1');
  t.same(Object.keys(body.value[0] ?? {}).sort(), ['@odata.etag', 'amount', 'lineNumber']);
  t.same(await numbers('$orderby=amount desc'), [1, 3, 4, 2]);
  t.same(await numbers('$orderby=documentNumber desc,amount'), [4, 3, 2, 1]);
  t.same(await numbers('$skip=1&$top=2'), [2, 3]);
  t.equal((await read('$count=true&$top=1')).body['@odata.count'], 4);
  t.equal((await read('$count=true')).body['@odata.nextLink'], undefined);
  for (const query of ['$select=colour', '$orderby=colour', '$top=x', '$search=x']) {
    t.equal((await read(query)).status, 400, query);
  }
});

void t.test('pages of the size that was asked for are linked to each other', async (t) => {
  const { call, read, sandbox } = await openLines(t);
  const prefer = { prefer: 'odata.maxpagesize=1' };
  const filter = encodeURIComponent('lineNumber ne 20000');
  const numbers: unknown[] = [];
  let { body } = await read(`$filter=${filter}&$count=true`, prefer);
  for (;;) {
    t.equal(body.value.length, 1);
    t.equal(body['@odata.count'], 3, 'all that the filter finds');
    numbers.push(body.value[0]?.['lineNumber']);
    const link = body['@odata.nextLink'];
    if (typeof link !== 'string') break;
    t.ok(link.startsWith(sandbox.apiBase()));
    const path = link.slice(sandbox.apiBase().length + 1);
    ({ body } = await call('GET', path, undefined, prefer));
  }
  t.same(numbers, [10000, 30000, 40000]);
  t.equal((await read('', { prefer: 'odata.maxpagesize=20001' })).status, 413);
});

void t.test('a page never holds more rows than the server allows', async (t) => {
  const { company, journal, batch } = await openSandbox(t, { pageSize: 2 });
  const path = await journal();
  await batch(inserts(path, [line(10000, 1), line(20000, 1), line(30000, 1)]));
  const { body } = await company('GET', `${path}/journalLines`);
  t.equal(body.value.length, 2);
  t.match(body['@odata.nextLink'], /skiptoken/);
});
