/** What a token has to be for the API to believe it, and what it takes from one that it believes. */
import { createHmac, generateKeyPairSync } from 'node:crypto';

import { SignJWT } from 'jose';
import t, { type Test } from 'tap';

import { organisationA, organisationB, startAccessWorld } from './support/access-world.ts';
import type { ApiAnswer } from './support/postgrest.ts';

const { api, A } = await startAccessWorld(t);
const now = Math.floor(Date.now() / 1000);

type Claims = Readonly<Record<string, unknown>>;

const coordinator: Claims = {
  role: 'authenticated',
  organisation_id: organisationA,
  app_role: 'coordinator',
  sub: 'kari',
  iat: now,
  exp: now + 600,
};

const encoded = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Signed by hand, so that nothing keeps a test from what no library would sign. */
function signed(claims: Claims | string, { secret = api.secret, header = {} } = {}): string {
  const text = `${encoded({ alg: 'HS256', typ: 'JWT', ...header })}.${encoded(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const runs = (token: string): Promise<ApiAnswer> =>
  api.get('/export_status?select=organisation_id', { token });
const check = (token: string): Promise<ApiAnswer> =>
  api.post('/rpc/check_export', { p_claim_ids: [A.claim.id] }, { token });

async function isRefused(t: Test, token: string, status: number, what: string): Promise<void> {
  for (const answer of [await runs(token), await check(token)]) {
    t.equal(answer.status, status, what);
    t.notMatch(JSON.stringify(answer.body), organisationA, `${what}: nothing is shown`);
  }
}

/** Whether the token reads the organisation's runs, and those alone. */
async function reads(t: Test, token: string, organisation: string, what: string): Promise<void> {
  const { status, body } = await runs(token);
  t.equal(status, 200, what);
  const seen = new Set((body as { organisation_id: string }[]).map((row) => row.organisation_id));
  t.strictSame([...seen], [organisation], what);
}

/** Believed, but of nobody: sees nothing, may do nothing. */
async function isNobodys(t: Test, claims: Claims, code: string, what: string): Promise<void> {
  const token = signed({ ...coordinator, ...claims });
  t.match(await runs(token), { status: 200, body: [] }, `${what}: sees nothing`);
  t.strictSame((await runs(token)).body, [], `${what}: no row`);
  t.match(await check(token), { status: 403, body: { code } }, `${what}: may do nothing`);
}

await t.test('a good token is believed, so that the others can fail', async (t) => {
  await reads(t, signed(coordinator), organisationA, 'signed by hand');
  t.equal((await check(signed(coordinator))).status, 200);
});

await t.test('a token that has run out or does not hold yet is refused', async (t) => {
  await isRefused(t, signed({ ...coordinator, exp: now - 60 }), 401, 'run out');
  await isRefused(t, signed({ ...coordinator, nbf: now + 600 }), 401, 'not before');
  await isRefused(t, signed({ ...coordinator, iat: now + 600 }), 401, 'issued later');
});

await t.test('a token that somebody else signed, or nobody, is refused', async (t) => {
  const good = signed(coordinator);
  const [header = '', claims = '', signature = ''] = good.split('.');
  const changed = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  await isRefused(t, `${header}.${claims}.${changed}`, 401, 'a signature that was changed');
  const other = encoded({ ...coordinator, organisation_id: organisationB });
  await isRefused(t, `${header}.${other}.${signature}`, 401, 'claims that were changed');
  await isRefused(t, signed(coordinator, { secret: 'x'.repeat(64) }), 401, 'another key');
  await isRefused(t, signed(coordinator, { secret: '' }), 401, 'an empty key');
  for (const alg of ['none', 'None', 'NONE', '']) {
    const unsigned = `${encoded({ alg, typ: 'JWT' })}.${claims}`;
    await isRefused(t, `${unsigned}.`, 401, `alg "${alg}", no signature`);
    await isRefused(t, `${unsigned}.${signature}`, 401, `alg "${alg}", another's signature`);
  }
});

await t.test('a token signed by a method that we do not use is refused', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsa = await new SignJWT(coordinator).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
  await isRefused(t, rsa, 401, 'RS256 by a key of their own');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await isRefused(t, signed(coordinator, { secret: pem }), 401, 'HS256 with a public key');
  const jwk = publicKey.export({ format: 'jwk' });
  await isRefused(t, signed(coordinator, { secret: 'y', header: { jwk } }), 401, 'a key enclosed');
  await isRefused(t, signed(coordinator, { header: { alg: 'RS256' } }), 401, 'named RS256');
  await isRefused(
    t,
    signed(coordinator, { secret: 'y', header: { kid: '../../dev/null' } }),
    401,
    'kid',
  );
});

await t.test('no token makes somebody of a role that the login may not take', async (t) => {
  for (const role of [
    'postgres',
    'export_dispatcher',
    'pg_read_all_data',
    'authenticator',
    'nobody',
  ]) {
    const answer = await runs(signed({ ...coordinator, role }));
    t.ok(
      answer.status === 403 || answer.status === 400 || answer.status === 401,
      `${role}: ${answer.status}`,
    );
    t.match(answer.body, { code: /^(42501|22023|PGRST\d+)$/ }, role);
  }
  for (const role of ['service_role', 'postgres']) {
    const forged = signed({ ...coordinator, role }, { secret: 'x'.repeat(64) });
    await isRefused(t, forged, 401, `${role}, forged`);
  }
  for (const role of [
    ['service_role'],
    { name: 'service_role' },
    7,
    null,
    '',
    'authenticated; reset role',
  ]) {
    const { status, body } = await runs(signed({ ...coordinator, role }));
    t.ok(status >= 400 && status < 500, `role ${JSON.stringify(role)}: ${status}`);
    t.notMatch(JSON.stringify(body), organisationA, 'and nothing is shown');
  }
});

await t.test('a token without a role is anon, whatever else it says', async (t) => {
  const { role, ...rest } = coordinator;
  t.equal(role, 'authenticated');
  await isRefused(t, signed(rest), 401, 'no role');
  await isRefused(t, signed({ ...rest, app_metadata: { role: 'service_role' } }), 401, 'elsewhere');
});

await t.test('an organisation that is not written as a uuid is none', async (t) => {
  for (const value of [
    '',
    'A',
    7,
    true,
    `${organisationA} `,
    ` ${organisationA}`,
    `{${organisationA}}`,
    organisationA.replaceAll('-', ''),
    `${organisationA}\n`,
    `${organisationA}' or true --`,
    '%',
    '*',
    [organisationA],
    [organisationA, organisationB],
    { id: organisationA },
    {},
  ]) {
    await isNobodys(t, { organisation_id: value }, 'AX015', JSON.stringify(value));
  }
  await isNobodys(t, { organisation_id: null }, 'AX015', 'null');
  await isNobodys(
    t,
    { organisation_id: '00000000-0000-4000-8000-0000000000ff' },
    'AX015',
    'an unknown one',
  );
});

await t.test('an organisation in upper case is the same one', async (t) => {
  const token = signed({ ...coordinator, organisation_id: organisationB.toUpperCase() });
  await reads(t, token, organisationB, 'upper case');
});

await t.test('an app role is one of the five, to the letter', async (t) => {
  for (const value of [
    'COORDINATOR',
    'Coordinator',
    ' coordinator',
    'coordinator ',
    'coordinator\u0000x',
    'сoordinator',
    ['coordinator'],
    { role: 'coordinator' },
    7,
    true,
    '',
    'service_role',
    'admin',
  ]) {
    // A NUL can't be in a value that Postgres reads, so that token is refused as a whole.
    const token = signed({ ...coordinator, app_role: value });
    const { status, body } = await runs(token);
    t.ok(
      status === 400 || (status === 200 && (body as unknown[]).length === 0),
      JSON.stringify(value),
    );
    t.ok(
      [400, 403].includes((await check(token)).status),
      `${JSON.stringify(value)} may do nothing`,
    );
  }
});

await t.test('the top level counts before app_metadata, each by itself', async (t) => {
  const both = {
    ...coordinator,
    app_metadata: { organisation_id: organisationB, app_role: 'driver' },
  };
  await reads(t, signed(both), organisationA, 'both are there');
  const below = {
    ...coordinator,
    organisation_id: undefined,
    app_role: undefined,
    app_metadata: { organisation_id: organisationB, app_role: 'coordinator' },
  };
  await reads(t, signed(below), organisationB, 'app_metadata alone');
  const invalid = { ...below, organisation_id: 'nonsense' };
  t.strictSame((await runs(signed(invalid))).body, [], 'one that is wrong is not passed over');
  const split = { ...coordinator, app_role: undefined, app_metadata: { app_role: 'auditor' } };
  await reads(t, signed(split), organisationA, 'organisation above, role below');
  for (const app_metadata of ['x', [organisationA], 7, null]) {
    const token = signed({ ...coordinator, organisation_id: undefined, app_metadata });
    t.strictSame((await runs(token)).body, [], `app_metadata ${JSON.stringify(app_metadata)}`);
  }
});

await t.test('what users write themselves gives them nothing', async (t) => {
  const rights = { organisation_id: organisationA, app_role: 'coordinator' };
  for (const place of [
    'user_metadata',
    'raw_user_meta_data',
    'user',
    'app_metadata.organisation_id',
  ]) {
    await isNobodys(
      t,
      { organisation_id: undefined, app_role: undefined, [place]: rights },
      'AX015',
      place,
    );
  }
  const both = {
    ...coordinator,
    user_metadata: { organisation_id: organisationB, app_role: 'app' },
  };
  await reads(t, signed(both), organisationA, 'nor does it overrule');
  await isNobodys(t, { app_role: 'driver', user_metadata: rights }, 'AX009', 'nor raise a driver');
});

await t.test(
  'a name said twice in a token is read once, alike by views and functions',
  async (t) => {
    const twice = signed(
      JSON.stringify(coordinator).replace('"sub"', `"organisation_id":"${organisationB}","sub"`),
    );
    await reads(t, twice, organisationA, 'the first');
    t.match(await check(twice), { status: 200, body: [{ verdict: 'exportable' }] }, 'by both');
  },
);

await t.test('who acts may be called anything, and stays one actor', async (t) => {
  const strange = [
    'Ære Østgård',
    'a"b\\c',
    "x'; drop schema accounting cascade; --",
    '\u202Eevil',
    '😀'.repeat(20),
    'line\nbreak',
    'x'.repeat(2000),
  ];
  for (const sub of strange) {
    await reads(
      t,
      signed({ ...coordinator, sub }),
      organisationA,
      JSON.stringify(sub.slice(0, 40)),
    );
  }
  const colon = signed({ ...coordinator, sub: '{"organisation_id":"x"}' });
  await isRefused(t, colon, 401, 'with a colon it has to be an address, says RFC 7519');
  for (const sub of ['a\u0000b', '\ud800']) {
    const answer = await runs(
      signed(
        JSON.stringify({ ...coordinator, sub: 'SUB' }).replace(
          'SUB',
          sub === '\ud800' ? '\\ud800' : 'a\\u0000b',
        ),
      ),
    );
    t.ok(answer.status < 500, `${JSON.stringify(sub)}: ${answer.status}`);
    t.notMatch(JSON.stringify(answer.body), organisationB, 'and shows nothing of others');
  }
});

await t.test(
  'a token that is no token, or far too long, is refused and nothing breaks',
  async (t) => {
    for (const token of ['x', 'a.b', 'a.b.c', '..', `${signed(coordinator)}.x`, 'null']) {
      await isRefused(t, token, 401, token.slice(0, 20));
    }
    const long = await runs(signed({ ...coordinator, sub: 'x'.repeat(200_000) })).then(
      ({ status }) => status,
      () => 'cut off',
    );
    t.ok(long === 'cut off' || (Number(long) >= 400 && Number(long) < 500), `200 kB: ${long}`);
    await reads(t, signed(coordinator), organisationA, 'and the next one is served');
  },
);

t.end();
