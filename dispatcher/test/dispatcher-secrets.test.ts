/**
 * A system that says everything back that it was sent, headers and body: no secret and no person's
 * data may get into the log or into what is kept but the claims and the frozen payload.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import t from 'tap';

import { startDispatcher } from './support/dispatcher-process.ts';
import { startTwoOrganisations, type Organisation } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

const secrets = {
  client_id: '7d0c9f4e-1111-4222-8333-944455556666',
  client_secret: 'Hemmelig~k0de/æ+ø "å"',
};
const token = 'xledger-Tøken~3f9c/77+';
const accessToken = 'opaque.Access-token_91c2';
const name = 'Åse Marie Brønnøysund-Ødegård';
const words = 'Følge til "St. Olavs", avd. 3\\B';

/** What the system does with a request for a token, and with any other. */
type Mode = 'sign-in refused' | 'status 400' | 'status 500' | 'status 403';
let mode: Mode = 'status 400';
const seen: string[] = [];

const echo = createServer((request, response) => {
  void answer(request).then(({ status, body }) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
});

async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
  const body = await text(request);
  const known = formsOf(name).concat(formsOf(words)).join(' ');
  const sent = `${JSON.stringify(request.headers)} and ${body} or ${JSON.stringify(body)}`;
  const said = `About ${known} you sent ${sent}`;
  seen.push(said);
  const isToken = request.url?.endsWith('/token') === true;
  if (isToken && mode !== 'sign-in refused') {
    const type = 'Bearer';
    return { status: 200, body: { access_token: accessToken, token_type: type, expires_in: 3599 } };
  }
  const isLookUp = request.method === 'GET' || /query\s*\w*\s*[({]|\bquery\b/.test(body);
  if (isLookUp && !isToken && mode !== 'status 403') return { status: 200, body: emptyAnswer() };
  const status = mode === 'sign-in refused' ? 401 : Number(mode.slice(-3));
  const error = { code: 'Application_Said', message: said };
  return { status, body: { error, error_description: said, errors: [{ message: said }] } };
}

/** Nothing found, in either system's words. */
function emptyAnswer(): object {
  const connection = { edges: [], pageInfo: { hasNextPage: false } };
  return { value: [], data: { glImportItems: connection, journalEntries: connection } };
}

echo.listen(0, '127.0.0.1');
await once(echo, 'listening');
const { port } = echo.address() as AddressInfo;
t.teardown(() => {
  echo.closeAllConnections();
  echo.close();
});

const world = await startTwoOrganisations(t, { max_attempts: 2 });
const { pool } = world.database;
const organisations = [world.hlf, world.blindeforbundet];
for (const organisation of organisations) {
  await world.apply(organisation, world.addresses(organisation, port));
}
const dispatcher = await startDispatcher(t, {
  environment: {
    ...world.environment,
    LOG_LEVEL: 'debug',
    CREDENTIAL_HLF_BC: JSON.stringify(secrets),
    CREDENTIAL_BF_XL: JSON.stringify({ token }),
  },
});

await t.test('that private addresses are allowed is told loudly at the start', async (t) => {
  const line = await dispatcher.logged('addresses.unchecked');
  t.match(line, { level: 'warn', message: /ALLOW_PRIVATE_ENDPOINTS is on/ });
});

/** Every form that a remote is likely to give something back in. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  return [
    value,
    encodeURIComponent(value),
    new URLSearchParams({ a: value }).toString().slice(2),
    JSON.stringify(value).slice(1, -1),
    JSON.stringify(JSON.stringify(value)).slice(3, -3),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}

/** All that may be read or kept besides claims and frozen payloads. */
async function whatIsTold(): Promise<string> {
  const { rows } = await pool.query<{ told: string }>(
    `select row_to_json(x)::text as told from accounting.export_runs as x
     union all select row_to_json(x)::text from accounting.claim_reservations as x
     union all select (to_jsonb(x) - 'frozen_input')::text from accounting.export_requests as x
     union all select row_to_json(x)::text from accounting.integrations as x
     union all select row_to_json(x)::text from api.export_attention as x
     union all select row_to_json(x)::text from api.export_status as x
     union all select row_to_json(x)::text from api.export_claims as x`,
  );
  return `${dispatcher.output()}\n${rows.map(({ told }) => told).join('\n')}`;
}

async function runWith(given: Mode, organisation: Organisation): Promise<string> {
  mode = given;
  const claims = await world.putClaims(organisation, 1, { name, text: words });
  const runId = await world.request(organisation, claims);
  await waitFor(
    async () => {
      // Earlier runs are still asked about, and an answer to that may have paused it.
      await pool.query('select accounting.resume_integration($1, $2)', [
        organisation.id,
        organisation.system,
      ]);
      return (await world.trail(runId)).length > 0;
    },
    { what: `${given}: a row` },
  );
  return runId;
}

for (const given of ['status 400', 'status 500', 'status 403', 'sign-in refused'] as const) {
  await t.test(`what a system says back with ${given} is told without secrets`, async (t) => {
    seen.length = 0;
    for (const organisation of organisations) {
      const runId = await runWith(given, organisation);
      const [row] = await world.trail(runId);
      t.ok(row?.error_message, `${organisation.system}: its words are told`);
    }
    const wasSeen = seen.join('\n');
    t.ok(wasSeen.includes(token) && wasSeen.includes(words), 'it really said them');
    if (given === 'sign-in refused') t.match(wasSeen, /client_secret=/);
    else t.ok(wasSeen.includes(accessToken));
    const told = await whatIsTold();
    const secret = [secrets.client_secret, token, accessToken];
    for (const value of [...secret, name, ...name.split(/[ -]/), words]) {
      const found = formsOf(value).filter((form) => told.includes(form));
      t.same(found, [], `no form of ${value}`);
    }
  });
}

t.end();
