import t from 'tap';
import { COMPANY, inserts, line, openSandbox, SNAPSHOT } from './business-central-client.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

void t.test('a batch answers each operation and keeps all', async (t) => {
  const { sandbox, journal, batch, company } = await openSandbox(t);
  const path = await journal();
  const answer = await batch(inserts(path, [line(10000, 1234.5), line(20000, -1234.5)]));
  t.equal(answer.status, 200);
  t.match(answer.body.responses, [
    {
      id: '1',
      status: 201,
      headers: { location: /journalLines\(/, 'odata-version': '4.0' },
      body: { id: GUID, lineNumber: 10000 },
    },
    { id: '2', status: 201, body: { id: GUID, lineNumber: 20000 } },
  ]);
  t.equal((await company('GET', `${path}/journalLines`)).body.value.length, 2);
  t.equal(sandbox.effects('HLF-C-0000012'), 1);
  t.same(sandbox.ledger()[0]?.debitByDocument, { 'HLF-C-0000012': 1234.5 });
});

void t.test('a later fault undoes a snapshot batch, whose answers still say 201', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  const bad = { ...line(20000, -1), accountNumber: '9999' };
  const { status, body } = await batch(inserts(path, [line(10000, 1), bad, line(30000, 1)]));
  t.equal(status, 200);
  t.match(body.responses, [
    { id: '1', status: 201, body: { id: GUID } },
    { id: '2', status: 400, body: { error: { code: 'Application_DialogException' } } },
    { id: '3', status: 201, body: { id: GUID } },
  ]);
  t.same(sandbox.ledger()[0]?.journals[0]?.lines, []);
});

void t.test('a fault in the first operation gives one sub-response only', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  const bad = { ...line(10000, 1), accountNumber: '9999' };
  const { body } = await batch(inserts(path, [bad, line(20000, -1)]));
  t.equal(body.responses.length, 1);
  t.match(body.responses, [{ id: '1', status: 400 }]);
  t.same(sandbox.ledger()[0]?.journals[0]?.lines, []);
});

void t.test('a line number that is taken fails the whole envelope', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  const lines = inserts(path, [line(10000, 5), line(20000, -5)]);
  await batch(lines);
  const { body } = await batch(lines);
  t.match(body.responses, [
    { status: 400, body: { error: { code: 'Internal_EntityWithSameKeyExists' } } },
  ]);
  const twice = inserts(path, [line(30000, 5), line(30000, -5)]);
  t.match((await batch(twice)).body.responses, [{ status: 201 }, { status: 400 }]);
  t.equal(sandbox.effects('HLF-C-0000012'), 1);
});

void t.test('refused operations can carry the code Unknown instead of their own', async (t) => {
  const { journal, batch } = await openSandbox(t, { batchErrorsAreUnknown: true });
  const bad = { ...line(10000, 1), accountNumber: '9999' };
  const { body } = await batch(inserts(await journal(), [bad]));
  t.match(body.responses[0]?.body.error, {
    code: 'Unknown',
    message: /^The "accountNumber" does not match to an Account\. {2}CorrelationId: {2}/,
  });
});

void t.test(
  'without isolation what came before the fault is kept, and nothing after it',
  async (t) => {
    const { sandbox, journal, batch } = await openSandbox(t);
    const path = await journal();
    const bad = { ...line(20000, 1), accountNumber: '9999' };
    const lines = inserts(path, [line(10000, 1), bad, line(30000, 1)]);
    const { body } = await batch(lines, {});
    t.same(
      body.responses.map(({ status }) => status),
      [201, 400],
    );
    const numbers = () =>
      sandbox.ledger()[0]?.journals[0]?.lines.map(({ lineNumber }) => lineNumber);
    t.same(numbers(), [10000]);
    const on = await batch(lines, { prefer: 'odata.continue-on-error' });
    t.same(
      on.body.responses.map(({ status }) => status),
      [400, 400, 201],
    );
    t.same(numbers(), [10000, 30000]);
  },
);

void t.test('a hundred operations are taken, one more is a 500 that keeps nothing', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  const lines = Array.from({ length: 101 }, (_, index) => line((index + 1) * 10000, 1));
  t.match(await batch(inserts(path, lines)), {
    status: 500,
    body: {
      error: {
        code: 'Internal_ServerError',
        message: /maximum number of '100' query operations.*allowed/,
      },
    },
  });
  t.same(sandbox.ledger()[0]?.journals[0]?.lines, []);
  const { body } = await batch(inserts(path, lines.slice(0, 100)));
  t.equal(body.responses.filter(({ status }) => status === 201).length, 100);
});

void t.test(
  'a batch may read, change and delete through the same rules as single requests',
  async (t) => {
    const { journal, batch } = await openSandbox(t);
    const path = `${COMPANY}/${await journal()}`;
    const { body } = await batch([
      { id: 'a', method: 'GET', url: `${path}/journalLines?$filter=lineNumber eq 10000` },
      {
        id: 'b',
        method: 'PATCH',
        url: path,
        body: { displayName: 'x' },
        headers: { 'If-Match': '*' },
      },
      { id: 'c', method: 'DELETE', url: path },
    ]);
    t.match(body.responses, [
      { id: 'a', status: 200, body: { value: [] } },
      { id: 'b', status: 200, body: { displayName: 'x' } },
      { id: 'c', status: 400, body: { error: { code: 'BadRequest_InvalidToken' } } },
    ]);
  },
);

void t.test('posting within a batch commits, so that a later fault does not undo it', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  const { body } = await batch([
    ...inserts(path, [line(10000, 5), line(20000, -5)]),
    { id: '3', method: 'POST', url: `${COMPANY}/${path}/Microsoft.NAV.post` },
    { id: '4', method: 'POST', url: `${COMPANY}/${path}/journalLines`, body: { amount: 'x' } },
  ]);
  t.same(
    body.responses.map(({ status }) => status),
    [201, 201, 204, 400],
  );
  t.equal(sandbox.ledger()[0]?.entries.length, 2);
});

void t.test('a lying batch answers all as created and keeps nothing', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  sandbox.faults.add({ kind: 'lie_201', path: '\\$batch$' });
  const bad = { ...line(20000, -5), accountNumber: '9999' };
  const { body } = await batch(inserts(path, [line(10000, 5), bad]));
  t.match(body.responses, [
    { status: 201, body: { id: GUID, lineNumber: 10000 } },
    { status: 201, body: { id: GUID, lineNumber: 20000 } },
  ]);
  t.same(sandbox.ledger()[0]?.journals[0]?.lines, []);
});

void t.test('what is not an envelope is refused', async (t) => {
  const { call } = await openSandbox(t);
  t.match(await call('POST', '$batch', { operations: [] }, SNAPSHOT), {
    status: 400,
    body: { error: { code: 'BadRequest' } },
  });
  t.match(await call('POST', '%24batch', { requests: [] }), { status: 200 }, 'encoded sign');
});
