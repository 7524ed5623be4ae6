import t from 'tap';
import {
  COMPANY,
  control,
  inserts,
  line,
  openSandbox,
  rawEnd,
  rawGet,
  until,
} from './business-central-client.ts';

const BATCH = '\\$batch$';
const REFERENCE = 'HLF-C-0000012';
const voucher = [line(10000, 100), line(20000, -100)];

void t.test('drop_before closes the socket and applies nothing', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  sandbox.faults.add({ kind: 'drop_before', path: BATCH });
  await t.rejects(batch(inserts(path, voucher)), { name: 'TypeError' });
  t.equal(sandbox.effects(REFERENCE), 0);
  t.match(sandbox.requests.at(-1), { fault: 'drop_before', status: null });
});

void t.test('drop_after applies and gives no answer', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  sandbox.faults.add({ kind: 'drop_after', path: BATCH });
  await t.rejects(batch(inserts(path, voucher)), { name: 'TypeError' });
  t.equal(sandbox.effects(REFERENCE), 1);
});

void t.test('drop_midway applies and resets the connection amid the answer', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  sandbox.faults.add({ kind: 'drop_midway', path: BATCH });
  await t.rejects(batch(inserts(path, voucher)), { name: 'TypeError' });
  t.equal(sandbox.effects(REFERENCE), 1);
});

void t.test('truncate_body sends half of the body under its full length', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  sandbox.faults.add({ kind: 'truncate_body', times: 2 });
  await t.rejects(batch(inserts(path, voucher)), { name: 'TypeError' });
  t.equal(sandbox.effects(REFERENCE), 1);
  const { text, announced, isComplete } = await rawGet(sandbox.url);
  t.equal(isComplete, false);
  t.equal(text.length, Math.floor(announced / 2));
  t.ok(announced > 0);
});

void t.test('drop_midway ends with a reset, truncate_body in an orderly way', async (t) => {
  const { sandbox } = await openSandbox(t);
  sandbox.faults.add({ kind: 'drop_midway' }, { kind: 'truncate_body' });
  t.equal(await rawEnd(sandbox.url), 'ECONNRESET');
  t.equal(await rawEnd(sandbox.url), 'end');
});

void t.test('a lie that is not a batch is answered as created and not kept', async (t) => {
  const { sandbox, company } = await openSandbox(t);
  sandbox.faults.add({ kind: 'lie_201', path: '/journals$' });
  t.equal((await company('POST', 'journals', { code: 'EXPKQTBZRA' })).status, 201);
  t.same(sandbox.ledger()[0]?.journals, []);
});

void t.test('delay serves after the given time', async (t) => {
  const { sandbox, call } = await openSandbox(t);
  sandbox.faults.add({ kind: 'delay', delay_ms: 80 });
  const start = performance.now();
  t.equal((await call('GET', 'companies')).status, 200);
  t.ok(performance.now() - start >= 75);
});

void t.test('a delayed request is applied even if its client has gone', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  sandbox.faults.add({ kind: 'delay', delay_ms: 2500, path: BATCH });
  const signal = AbortSignal.timeout(700);
  const sent = fetch(`${sandbox.apiBase()}/$batch`, { method: 'POST', body: '', signal });
  await t.rejects(sent, { name: 'TimeoutError' });
  t.equal(sandbox.requests.at(-1)?.status, null);
  await until(() => sandbox.requests.at(-1)?.status === 401);
  t.equal((await batch(inserts(path, voucher))).status, 200, 'the fault is gone');
});

void t.test('apply_late answers at once and applies later', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  sandbox.faults.add({ kind: 'apply_late', delay_ms: 60, path: BATCH });
  t.match(await batch(inserts(path, voucher)), { status: 504, body: { error: { code: /./ } } });
  t.equal(sandbox.effects(REFERENCE), 0);
  await until(() => sandbox.effects(REFERENCE) === 1);
  sandbox.faults.add({ kind: 'apply_late', delay_ms: 0, status: 408, path: BATCH });
  t.equal((await batch(inserts(path, voucher))).status, 408);
});

void t.test(
  'status answers without applying, with the wait and the body that were asked for',
  async (t) => {
    const { sandbox, journal, batch, call } = await openSandbox(t);
    const path = await journal();
    sandbox.faults.add({ kind: 'status', status: 503, retry_after: '120', path: BATCH });
    const refused = await batch(inserts(path, voucher));
    t.equal(refused.status, 503);
    t.equal(refused.headers.get('retry-after'), '120');
    t.type(refused.body.error.code, 'string', "a body in the system's own shape");
    t.equal(sandbox.effects(REFERENCE), 0);
    sandbox.faults.add({ kind: 'status', status: 401 });
    t.match(await call('GET', 'companies'), {
      status: 401,
      body: { error: { code: 'Authentication_InvalidCredentials' } },
    });
    sandbox.faults.add({ kind: 'status', status: 429, body: null });
    t.same((await call('GET', 'companies')).body, {}, 'an empty body');
    sandbox.faults.add({ kind: 'status', status: 429, body: { a: 1 } });
    t.same((await call('GET', 'companies')).body, { a: 1 });
  },
);

void t.test('status with apply answers a fault after booking', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  sandbox.faults.add({ kind: 'status', status: 500, apply: true, path: BATCH });
  t.equal((await batch(inserts(path, voucher))).status, 500);
  t.equal(sandbox.effects(REFERENCE), 1);
});

void t.test(
  'a fault meets only what it matches, after so many passed, so many times',
  async (t) => {
    const { sandbox, call, company } = await openSandbox(t);
    sandbox.faults.add({
      kind: 'status',
      status: 500,
      method: 'get',
      path: "/journals\\?.*code eq 'A'",
      skip: 1,
      times: 2,
    });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await company('GET', "journals?$filter=code eq 'A'")).status);
      t.equal((await call('GET', 'companies')).status, 200);
      t.equal((await company('GET', "journals?$filter=code eq 'B'")).status, 200);
    }
    t.same(statuses, [200, 500, 500, 200]);
    t.same(sandbox.faults.list(), []);
  },
);

void t.test('of several faults the first that matches is used up first', async (t) => {
  const { sandbox, call } = await openSandbox(t);
  sandbox.faults.add({ kind: 'status', status: 429 }, { kind: 'status', status: 503 });
  t.equal((await call('GET', 'companies')).status, 429);
  t.equal((await call('GET', 'companies')).status, 503);
  t.equal((await call('GET', 'companies')).status, 200);
});

void t.test('the queue is replaced, appended to and read over HTTP', async (t) => {
  const { sandbox, call } = await openSandbox(t);
  await control(sandbox, 'PUT', 'faults', [{ kind: 'drop_before' }, { kind: 'drop_after' }]);
  await control(sandbox, 'PUT', 'faults', { kind: 'status', status: 500 });
  await control(sandbox, 'PUT', 'faults?append=true', [{ kind: 'delay', delay_ms: 1 }]);
  t.match((await control(sandbox, 'GET', 'faults')).body, [
    { kind: 'status', status: 500, skip: 0, times: 1 },
    { kind: 'delay', delay_ms: 1 },
  ]);
  t.equal((await call('GET', 'companies')).status, 500);
  t.equal((await call('GET', 'companies')).status, 200);
  sandbox.faults.add({ kind: 'drop_before' });
  sandbox.faults.clear();
  t.same((await control(sandbox, 'GET', 'faults')).body, []);
  t.equal((await control(sandbox, 'GET', 'nothing')).status, 404);
});

void t.test('a fault that is not valid is refused, and the queue stays as it was', async (t) => {
  const { sandbox } = await openSandbox(t);
  sandbox.faults.add({ kind: 'drop_before' });
  const cases = [
    { kind: 'explode' },
    { kind: 'status' },
    { kind: 'delay' },
    { kind: 'apply_late' },
    { kind: 'drop_before', path: '(' },
    { kind: 'drop_before', colour: 'red' },
    { kind: 'status', status: 99 },
    [{ kind: 'drop_after' }, { kind: 'explode' }],
  ];
  for (const fault of cases) {
    const answer = await control(sandbox, 'PUT', 'faults', fault);
    t.match(
      answer,
      { status: 400, body: { issues: [{ message: String }] } },
      JSON.stringify(fault),
    );
  }
  t.match(sandbox.faults.list(), [{ kind: 'drop_before' }]);
  t.throws(() => sandbox.faults.add({ kind: 'status' }), { name: 'ZodError' });
});

void t.test('closing cuts open connections and drops what was to be applied late', async (t) => {
  const { sandbox, journal, batch } = await openSandbox(t);
  const path = await journal();
  sandbox.faults.add({ kind: 'apply_late', delay_ms: 60_000, path: BATCH });
  sandbox.faults.add({ kind: 'delay', delay_ms: 60_000, path: BATCH });
  t.equal((await batch(inserts(path, voucher))).status, 504);
  const waiting = t.rejects(batch(inserts(path, voucher)), { name: 'TypeError' });
  await until(() => sandbox.requests.at(-1)?.fault === 'delay');
  await sandbox.close();
  await waiting;
  t.equal(sandbox.effects(REFERENCE), 0);
});

void t.test(
  'lag answers reads by what was there when it was added, and then no more',
  async (t) => {
    const { sandbox, company, journal, batch, call } = await openSandbox(t);
    const path = await journal();
    await batch(inserts(path, voucher));
    sandbox.faults.add({ kind: 'lag', times: 3 });
    await company('DELETE', path, undefined, { 'if-match': '*' });
    t.equal(sandbox.effects(REFERENCE), 0, 'what writes is served as ever');

    const read = `${path}/journalLines`;
    t.match((await company('GET', read)).body.value, { length: 2 });
    const inBatch = await call('POST', '$batch', {
      requests: [{ id: '1', method: 'GET', url: `${COMPANY}/${read}` }],
    });
    t.match(inBatch.body.responses, [{ status: 200, body: { value: { length: 2 } } }]);
    t.equal((await company('GET', read)).status, 404);
    t.equal(sandbox.effects(REFERENCE), 0, 'and nothing came back');
    t.strictSame(sandbox.faults.list(), []);
  },
);

void t.test('lag over the wire holds from when it came', async (t) => {
  const { sandbox, company, journal } = await openSandbox(t);
  await control(sandbox, 'PUT', 'faults', { kind: 'lag', method: 'GET' });
  await journal();
  t.strictSame((await company('GET', 'journals')).body.value, []);
  t.match((await company('GET', 'journals')).body.value, { length: 1 });
});
