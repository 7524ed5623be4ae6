import t from 'tap';
import { add, ITEMS, post, start } from './xledger-client.ts';

const BAD_HEADER = 'Bad format for API Token. Expected header: "Authorization: token <your-token>"';
const READ = '{ accounts(first:1){ edges{ node{ code } } } }';

void t.test('a missing or badly formed header is answered with the confirmed text', async (t) => {
  const sandbox = await start(t);
  for (const header of [null, 'Bearer sandbox-token', 'sandbox-token', 'token ']) {
    const { status, errors } = await post(sandbox, READ, {}, header);
    t.equal(status, 401, String(header));
    t.same(errors, [{ message: BAD_HEADER }]);
  }
  sandbox.switches.authStatus = 200;
  t.match(await post(sandbox, READ, {}, null), { status: 200, errors: [{ message: BAD_HEADER }] });
});

void t.test('a token that is not known is refused', async (t) => {
  const sandbox = await start(t);
  const { status, data, errors } = await post(sandbox, READ, {}, 'token another');
  t.equal(status, 401);
  t.equal(data, undefined);
  t.equal(errors?.length, 1);
});

void t.test('a demo refresh drops all tokens', async (t) => {
  const sandbox = await start(t);
  const response = await fetch(`${sandbox.url}/__sandbox/switches`, {
    method: 'PUT',
    body: JSON.stringify({ demo_refresh: true }),
  });
  t.equal(response.status, 200);
  t.equal((await post(sandbox, READ)).status, 401);
  sandbox.switches.demoRefresh = false;
  t.equal((await post(sandbox, READ)).status, 200);
});

void t.test('a token may only use the root fields of its scopes', async (t) => {
  const tokens = [{ token: 'reader', scopes: ['accounts'] }];
  const sandbox = await start(t, { tokens });
  t.equal((await post(sandbox, READ, {}, 'token reader')).status, 200);
  const { status, errors } = await post(sandbox, ITEMS, { x: [] }, 'token reader');
  t.equal(status, 403);
  t.equal(errors?.length, 1);
});

void t.test(
  'the 21st request within 5 s is refused under 200, and goes through later',
  async (t) => {
    let now = Date.parse('2026-03-02T12:00:00Z');
    const sandbox = await start(t, { now: () => new Date(now) });
    for (let n = 1; n <= 20; n += 1) {
      t.equal((await post(sandbox, READ)).errors, undefined, `request ${n}`);
    }
    now += 4_999;
    const { status, errors } = await add(sandbox, 'A-1');
    t.equal(status, 200);
    t.match(errors, [
      {
        message: /^Too many requests in the last 5 seconds\./,
        code: 'BAD_REQUEST.BURST_RATE_LIMIT_REACHED',
        extensions: undefined,
      },
    ]);
    t.equal(sandbox.effects('A-1'), 0);
    now += 1;
    t.equal((await add(sandbox, 'A-1')).errors, undefined);
    sandbox.switches.burst = 0;
    t.equal((await add(sandbox, 'A-1')).errors?.length, 1);
    sandbox.switches.burst = null;
    t.equal((await add(sandbox, 'A-1')).errors, undefined);
  },
);

void t.test(
  'requests beyond the parallel ones are refused, and nothing of them kept',
  async (t) => {
    const sandbox = await start(t);
    Object.assign(sandbox.switches, { concurrency: 1, latencyMs: 500 });
    const answers = await Promise.all([add(sandbox, 'A-1'), add(sandbox, 'A-2')]);
    t.same(
      answers.map(({ status }) => status),
      [200, 200],
    );
    const codes = answers.flatMap(({ errors }) => errors?.map(({ code }) => code) ?? []);
    t.same(codes, ['BAD_REQUEST.CONCURRENCY_LIMIT_REACHED']);
    t.equal(sandbox.effects('A-1') + sandbox.effects('A-2'), 1);
    t.equal((await add(sandbox, 'A-3')).errors, undefined, 'the place is free again');
  },
);

void t.test('used up credits are refused until resetAt', async (t) => {
  let now = new Date('2026-03-02T12:00:00Z');
  const sandbox = await start(t, { now: () => now });
  sandbox.switches.credits = 1;
  t.equal((await post(sandbox, READ)).errors, undefined);
  const { status, errors } = await add(sandbox, 'A-1');
  t.equal(status, 200);
  t.match(errors, [
    {
      message: /^Insufficient credits\./,
      code: 'BAD_REQUEST.INSUFFICIENT_CREDITS',
      extensions: { resetAt: '2026-04-01T00:00:00' },
    },
  ]);
  sandbox.switches.creditsResetAt = '2026-03-02T12:30:00Z';
  const later = await add(sandbox, 'A-1');
  t.match(later.errors, [{ extensions: { resetAt: '2026-03-02T13:30:00' } }]);
  t.equal(sandbox.effects('A-1'), 0);
  now = new Date('2026-03-02T12:30:00Z');
  t.equal((await add(sandbox, 'A-1')).errors, undefined);
});

void t.test('an unknown field is answered with the confirmed text, under 200 or 400', async (t) => {
  const sandbox = await start(t);
  const { status, errors } = await post(sandbox, '{ foo { bar } }');
  t.equal(status, 200);
  t.same(errors, [{ message: 'Cannot query field `foo` on type `Query`' }]);
  sandbox.switches.errorStatus = 400;
  sandbox.switches.nullData = true;
  const again = await post(sandbox, '{ accounts{ edges{ node{ nothing } } } }');
  t.equal(again.status, 400);
  t.equal(again.data, null);
  t.same(again.errors, [{ message: 'Cannot query field `nothing` on type `Account`' }]);
});

void t.test('a value of a wrong type is ARGUMENTS_OF_CORRECT_TYPE', async (t) => {
  const sandbox = await start(t);
  const wrong = [
    { account: '7140' },
    { account: { code: 7140 } },
    { trRegNumber: 'x' },
    { trRegNumber: 2 ** 31 },
    { amount: {} },
    { nobodyKnows: 1 },
  ];
  for (const debit of wrong) {
    const { status, errors } = await add(sandbox, 'A-1', 1, debit);
    t.equal(status, 200);
    t.match(errors, [{ extensions: { code: 'ARGUMENTS_OF_CORRECT_TYPE' } }], JSON.stringify(debit));
  }
  const literal = await post(sandbox, '{ accounts(first:"x"){ edges{ cursor } } }');
  t.match(literal.errors, [{ extensions: { code: 'ARGUMENTS_OF_CORRECT_TYPE' } }]);
  t.equal(sandbox.ledger().items.length, 0);
});

void t.test('a bad or missing value is INVALID_VALUE', async (t) => {
  const sandbox = await start(t);
  const bad = [
    { amount: '12,50' },
    { amount: '1.234' },
    { amount: null, invoiceAmount: null },
    { postedDate: '2026-02-30' },
    { postedDate: null },
    { account: null },
    { account: {} },
  ];
  for (const debit of bad) {
    const { status, errors } = await add(sandbox, 'A-1', 1, debit);
    t.equal(status, 200);
    t.match(errors, [{ extensions: { code: 'INVALID_VALUE' } }], JSON.stringify(debit));
  }
  t.equal(sandbox.ledger().items.length, 0);
});

void t.test('each kind of reference that is not found is told by its name and code', async (t) => {
  const sandbox = await start(t);
  const fields = [
    'account',
    'taxRule',
    'project',
    'subledger',
    'glObject1',
    'glObject5',
    'xgl',
    'transactionSource',
  ];
  for (const field of fields) {
    const { status, data, errors } = await add(sandbox, 'A-1', 1, { [field]: { code: 'P123456' } });
    t.equal(status, 200);
    t.equal(data, undefined);
    t.same(errors, [
      { message: `${field}.code: No value matching owner 42365431, code 'P123456'.` },
    ]);
  }
  const byId = await add(sandbox, 'A-1', 1, { account: { dbId: 1 } });
  t.match(byId.errors, [{ message: /^account\.dbId: / }]);
  const jobLevel = await add(sandbox, 'A-1', 1, { jobLevel: { dbSubId: 9 } });
  t.match(jobLevel.errors, [{ message: /^jobLevel\.dbSubId: / }]);
  t.equal(sandbox.ledger().items.length, 0);
});

void t.test('showAlternatives fails on purpose and lists what would be valid', async (t) => {
  const sandbox = await start(t);
  const { status, errors } = await post(
    sandbox,
    `mutation { addGLImportItems(inputs:{node:{taxRule:{showAlternatives:YES}}}){
      edges{ node{ dbId } } } }`,
  );
  t.equal(status, 200);
  t.match(errors, [
    {
      extensions: {
        exampleValidInputs: [
          { code: '0' },
          { code: '1', dbId: Number, ownerDbId: 42365431, text: 'Inngående mva 25 %' },
          { code: '11' },
          { code: '13' },
        ],
      },
    },
  ]);
});

void t.test('what is no GraphQL is refused, and so are other paths and methods', async (t) => {
  const sandbox = await start(t);
  t.match(await post(sandbox, '{ accounts'), { status: 200, errors: { length: 1 } });
  const headers = { authorization: 'token sandbox-token' };
  const noJson = await fetch(sandbox.graphqlUrl, { method: 'POST', headers, body: 'x' });
  t.equal(noJson.status, 400);
  t.equal((await fetch(sandbox.graphqlUrl, { headers })).status, 405);
  t.equal((await fetch(`${sandbox.url}/other`, { method: 'POST', headers })).status, 404);
});
