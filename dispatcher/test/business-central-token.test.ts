/** Access tokens: one sign-in for all that wait, which holds up and fails nobody else. */
import t from 'tap';
import { TokenCache } from '../adapters/business-central/token.ts';
import type { HttpClient, HttpResult } from '../http.ts';
import { claim, startWorld, type World } from './support/business-central.ts';
import { waitFor } from './support/wait-for.ts';

const world = await startWorld();
t.teardown(() => world.sandbox.close());
t.beforeEach(() => world.sandbox.reset());

const [one, two] = [claim(1), claim(2)];
const other = { batchKey: 'a'.repeat(64) };
const signIns = ({ sandbox }: World = world) =>
  sandbox.requests.filter(({ path }) => path.endsWith('/token')).length;

void t.test('attempts that begin together sign in once', async (t) => {
  world.sandbox.faults.add({ kind: 'delay', delay_ms: 300, path: '/token$' });
  t.match(
    await Promise.all([
      world.submit(world.batch([one])),
      world.submit(world.batch([two], other)),
      world.ask(world.batch([claim(3)])),
    ]),
    [[{ outcome: 'accepted' }], [{ outcome: 'accepted' }], [{ outcome: 'absent' }]],
  );
  t.equal(signIns(), 1);
});

void t.test('a token that died is renewed once for all that met its end', async (t) => {
  await world.submit(world.batch([claim(3)], { batchKey: 'b'.repeat(64) }));
  world.sandbox.revokeTokens();
  world.sandbox.faults.add({ kind: 'delay', delay_ms: 300, path: '/token$' });
  t.match(
    await Promise.all([world.submit(world.batch([one])), world.submit(world.batch([two], other))]),
    [[{ outcome: 'accepted' }], [{ outcome: 'accepted' }]],
  );
  t.equal(signIns(), 2);
});

void t.test("one attempt's end fails no other that waits for its sign-in", async (t) => {
  world.sandbox.faults.add({ kind: 'delay', delay_ms: 60_000, path: '/token$' });
  const short = world.submit(world.batch([one]), { timeLimitMs: 1000 });
  await waitFor(() => signIns() === 1, { timeoutMs: 60_000 });
  t.match(await world.submit(world.batch([two], other)), [{ outcome: 'accepted' }]);
  t.match(await short, [{ outcome: 'unknown', wireSha256: null }]);
  t.equal(signIns(), 2, 'who waited has asked for itself');
});

void t.test('a token is kept until a minute before its end', async (t) => {
  for (const [tokenLifetimeSeconds, isKept] of [
    [60, false],
    [3599, true],
  ] as const) {
    const timed = await startWorld({ tokenLifetimeSeconds });
    t.teardown(() => timed.sandbox.close());
    await timed.ask(timed.batch([one]));
    const first = signIns(timed);
    await timed.ask(timed.batch([one]));
    t.equal(signIns(timed) > first, !isKept, `${String(tokenLifetimeSeconds)} s`);
  }
});

void t.test('what a sign-in sends, and what is told when it is refused', async (t) => {
  const sent: { url: string; body: string; type: string }[] = [];
  const secret = 'hush & hush+=';
  const answering = (status: number, text: string): HttpClient => ({
    allowsPrivateAddresses: true,
    request: ({ url, headers, body }) => {
      sent.push({ url, body: body ?? '', type: headers?.['content-type'] ?? '' });
      const head = new Headers({ 'content-type': 'application/json' });
      const result: HttpResult = {
        kind: 'answer',
        status,
        headers: head,
        text,
        isTruncated: false,
      };
      return Promise.resolve(result);
    },
  });
  const get = (status: number, body: object | string) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const credential = { client_id: 'us', client_secret: secret };
    return new TokenCache().get(answering(status, text), 'http://login.example/t', credential);
  };
  const good = { token_type: 'Bearer', access_token: 'opaque', expires_in: 3599 };
  t.equal(await get(200, { ...good, ext_expires_in: 3599, more: {} }), 'opaque');
  t.match(sent, [{ url: 'http://login.example/t', type: /^application\/x-www-form-urlencoded/ }]);
  t.same(Object.fromEntries(new URLSearchParams(sent[0]?.body)), {
    grant_type: 'client_credentials',
    client_id: 'us',
    client_secret: secret,
    scope: 'https://api.businesscentral.dynamics.com/.default',
  });
  const cases = [
    [401, { error: 'invalid_client', error_description: 'AADSTS7000215' }, 'sign_in_refused'],
    [400, { error: 'invalid_scope' }, 'sign_in_refused'],
    [401, '<html>', 'sign_in_refused'],
    [429, { error: 'slow_down' }, 'status'],
    [503, '', 'status'],
    [302, '', 'status'],
    [204, '', 'unreadable'],
    [200, '<html>', 'unreadable'],
    [200, { ...good, access_token: { t: 'opaque' } }, 'unreadable'],
    [200, { ...good, token_type: 'mac' }, 'unreadable'],
    [200, { ...good, expires_in: 'opaque' }, 'unreadable'],
    [200, { ...good, scope: ['opaque'] }, 'unreadable'],
  ] as const;
  for (const [status, body, kind] of cases) {
    const label = `${String(status)} ${JSON.stringify(body)}`;
    await t.rejects(get(status, body), { name: 'ProblemError', problem: { kind, status } }, label);
    const told = await get(status, body).then(String, (error: unknown) => JSON.stringify(error));
    t.notMatch(told, /opaque|hush/, 'neither secret nor token');
  }
});

void t.test('signs in over https alone where private addresses are not allowed', async (t) => {
  const given = { allowPrivateAddresses: false, isNew: true };
  const results = await world.submit(world.batch([one]), given);
  t.match(results, [{ outcome: 'not_applied', failure: 'unreachable', errorMessage: /HTTPS/ }]);
  t.equal(world.sandbox.requests.length, 0);
});
