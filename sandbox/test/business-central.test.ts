import t from 'tap';
import { askToken, COMPANY, control, line, openSandbox } from './business-central-client.ts';

void t.test('the token endpoint gives a bearer token that opens the API', async (t) => {
  const { sandbox, call } = await openSandbox(t);
  const { status, body } = await askToken(sandbox);
  t.equal(status, 200);
  t.match(body, { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
  t.equal((await call('GET', 'companies')).status, 200);
});

void t.test('the token endpoint refuses what Entra refuses', async (t) => {
  const { sandbox } = await openSandbox(t);
  const secret = await askToken(sandbox, { client_secret: 'wrong' });
  t.equal(secret.status, 401);
  t.match(secret.body, { error: 'invalid_client', error_codes: [7000215] });
  const client = await askToken(sandbox, { client_id: 'nobody' });
  t.match(client, { status: 400, body: { error: 'unauthorized_client' } });
  const scope = await askToken(sandbox, { scope: 'https://example.org/.default' });
  t.match(scope, { status: 400, body: { error: 'invalid_scope' } });
  const grant = await askToken(sandbox, { grant_type: 'password' });
  t.match(grant, { status: 400, body: { error: 'unsupported_grant_type' } });
  const json = await fetch(sandbox.tokenUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  t.equal(json.status, 400);
});

void t.test('no token, an unknown one and a dead one are answered with 401', async (t) => {
  const { sandbox, call } = await openSandbox(t, { tokenLifetimeSeconds: 0 });
  const refused = {
    status: 401,
    body: { error: { code: 'Authentication_InvalidCredentials', message: /CorrelationId: {2}/ } },
  };
  t.match(await call('GET', 'companies'), refused, 'dead');
  t.match(await call('GET', 'companies', undefined, { authorization: 'Bearer x' }), refused);
  t.equal((await fetch(`${sandbox.apiBase()}/companies`)).status, 401);
});

void t.test('revoked tokens are refused, and a new one is taken', async (t) => {
  const { sandbox, call } = await openSandbox(t);
  sandbox.revokeTokens();
  t.equal((await call('GET', 'companies')).status, 401);
  const { body } = await askToken(sandbox);
  const authorization = `Bearer ${String(body['access_token'])}`;
  t.equal((await call('GET', 'companies', undefined, { authorization })).status, 200);
});

void t.test('companies are listed in the documented shape', async (t) => {
  const { call } = await openSandbox(t);
  const { body } = await call('GET', 'companies');
  t.match(body['@odata.context'], /\/\$metadata#companies$/);
  t.match(body.value, [
    { id: 'a0a0a0a0-0000-4000-8000-000000000001', name: 'HLF', displayName: 'HLF' },
  ]);
  t.match((await call('GET', COMPANY)).body, { name: 'HLF' });
});

void t.test('the tenant may be left out of the address', async (t) => {
  const { sandbox, call } = await openSandbox(t);
  t.equal((await call('GET', 'companies')).status, 200);
  const bare = await fetch(`${sandbox.url}/v2.0/Sandbox/api/v2.0/companies`);
  t.equal(bare.status, 401, 'it is the API that answers');
});

void t.test('addresses that lead nowhere are refused', async (t) => {
  const { call, company } = await openSandbox(t);
  const unknown = 'companies(b0b0b0b0-0000-4000-8000-000000000009)/journals';
  t.match(await call('GET', unknown), {
    status: 404,
    body: { error: { code: 'Internal_CompanyNotFound' } },
  });
  t.match(await company('GET', 'purchaseOrders'), {
    status: 404,
    body: { error: { code: 'BadRequest_ResourceNotFound' } },
  });
  t.match(await company('GET', 'journals(12)'), {
    status: 404,
    body: { error: { code: 'BadRequest_NotFound' } },
  });
  t.match(await call('POST', 'companies', {}), {
    status: 405,
    body: { error: { code: 'BadRequest_MethodNotAllowed' } },
  });
});

void t.test('accounts and dimensions can be read for checking a mapping', async (t) => {
  const { company } = await openSandbox(t);
  const accounts = (await company('GET', 'accounts')).body.value;
  t.same(
    accounts.map(({ number }) => number),
    ['1570', '2400', '2910', '2911', '5330', '7100', '7130', '7140', '7150', '7160', '7799'],
  );
  const one = await company('GET', "accounts?$filter=number eq '7140' and blocked eq false");
  t.match(one.body.value, [{ number: '7140', directPosting: true }]);
  t.match((await company('GET', `accounts(${one.body.value[0]?.id})`)).body, { number: '7140' });
  const { value } = (await company('GET', 'dimensions?$expand=dimensionValues')).body;
  t.match(value, [
    { code: 'AVDELING', dimensionValues: [{ code: '100' }, { code: '200' }, { code: '300' }] },
    { code: 'PROSJEKT', dimensionValues: [{ code: '1000' }, { code: '2000' }] },
  ]);
  const below = await company('GET', `dimensions(${value[1]?.id})/dimensionValues`);
  t.match(below.body.value, [{ code: '1000', dimensionId: value[1]?.id }, { code: '2000' }]);
});

void t.test('the list of accounts is a matter of configuration', async (t) => {
  const { company, journal } = await openSandbox(t, {
    companies: [{ accounts: ['5000', { number: '5001', blocked: true }] }],
  });
  t.match((await company('GET', 'accounts')).body.value, [{ number: '5000' }, { blocked: true }]);
  const lines = `${await journal()}/journalLines`;
  const blocked = await company('POST', lines, { ...line(10000, 1), accountNumber: '5001' });
  t.match(blocked, {
    status: 400,
    body: { error: { code: 'Application_FieldValidationException' } },
  });
});

void t.test('companies have books of their own', async (t) => {
  const other = 'b0b0b0b0-0000-4000-8000-000000000002';
  const { call, journal } = await openSandbox(t, {
    companies: [{}, { id: other, name: 'Blindeforbundet' }],
  });
  await journal('EXPA');
  t.same((await call('GET', `companies(${other})/journals`)).body.value, []);
  t.equal((await call('POST', `companies(${other})/journals`, { code: 'EXPA' })).status, 201);
});

void t.test('more requests than the limit allows are answered with 429', async (t) => {
  const { sandbox, call } = await openSandbox(t, {
    rateLimit: { max_requests: 2, window_ms: 60_000 },
  });
  t.equal((await call('GET', 'companies')).status, 200);
  t.equal((await call('GET', 'companies')).status, 200);
  const refused = await call('GET', 'companies');
  t.equal(refused.status, 429);
  t.equal(refused.headers.get('retry-after'), null, 'no wait is promised with 429');
  sandbox.setRateLimit({ max_requests: 0, window_ms: 60_000, retry_after: '7' });
  t.equal((await call('GET', 'companies')).headers.get('retry-after'), '7');
  await control(sandbox, 'PUT', 'rate-limit', null);
  t.equal((await call('GET', 'companies')).status, 200);
  t.equal((await control(sandbox, 'PUT', 'rate-limit', { max_requests: 'x' })).status, 400);
});

void t.test(
  'a body over the limit is answered with 413, another media type with 415',
  async (t) => {
    const { call, company } = await openSandbox(t, { maxBodyBytes: 100 });
    t.equal((await company('POST', 'journals', { code: 'X'.repeat(200) })).status, 413);
    const typed = await call('POST', `${COMPANY}/journals`, '<x/>', { 'content-type': 'text/xml' });
    t.equal(typed.status, 415);
  },
);

void t.test('a reset empties books, faults, log and tokens', async (t) => {
  const { sandbox, call, journal } = await openSandbox(t);
  await journal();
  sandbox.faults.add({ kind: 'drop_before' });
  t.equal((await control(sandbox, 'POST', 'reset')).status, 200);
  t.same(sandbox.ledger()[0]?.journals, []);
  t.same(sandbox.faults.list(), []);
  t.same(sandbox.requests, []);
  t.equal((await call('GET', 'companies')).status, 401);
});

void t.test('the log tells method, path and status, and no secrets', async (t) => {
  const { sandbox, journal } = await openSandbox(t);
  await journal();
  const { body } = await control(sandbox, 'GET', 'requests');
  t.match(body, [
    { method: 'POST', path: '/sandbox-tenant/oauth2/v2.0/token', status: 200 },
    { method: 'POST', path: /\/journals$/, status: 201, at: /^\d{4}-/ },
  ]);
  t.notMatch(JSON.stringify(body), /Bearer|business-central-sandbox-secret|EXPKQTBZRA/);
});
