/** The examples of docs/api.md, in their order, against the real PostgREST: over HTTP, and by the client. */
import { PostgrestClient } from '@supabase/postgrest-js';
import t, { type Test } from 'tap';

import {
  parseMessage,
  Placeholders,
  readExamples,
  type Example,
  type Meanwhile,
} from './support/api-examples.ts';
import { startPeople, type People } from './support/people.ts';

// On a busy machine the default is too short.
t.setTimeout(300_000);

const callers = ['app', 'coordinator', 'auditor', 'organisation_admin', 'service_role'] as const;
type Tokens = Readonly<Record<(typeof callers)[number], string>>;

interface Answer {
  readonly status: number;
  readonly headers: Headers | undefined;
  readonly body: unknown;
}

async function tokensOf({ api, organisationId }: People): Promise<Tokens> {
  const entries = callers.map(async (caller) => [
    caller,
    await (caller === 'service_role'
      ? api.token({ role: 'service_role' })
      : api.token({
          role: 'authenticated',
          organisationId,
          appRole: caller,
          subject: `${caller}-1`,
        })),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as Tokens;
}

async function overHttp(people: People, text: string, tokens: Tokens): Promise<Answer> {
  const { start, headers, body } = parseMessage(text);
  const [method = '', path = ''] = start.split(' ');
  const { Authorization, ...others } = headers;
  const caller = /^Bearer \$([A-Z_]+)$/.exec(Authorization ?? '')?.[1]?.toLowerCase();
  const token = tokens[caller as keyof Tokens] as string | undefined;
  const answer = await fetch(`${people.api.url}${path.replaceAll('+', '%2B')}`, {
    method,
    headers: {
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...others,
    },
    ...(body === '' ? {} : { body }),
  });
  const said = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return {
    status: answer.status,
    headers: answer.headers,
    body: isJson ? (JSON.parse(said) as unknown) : said,
  };
}

type Call = (...clients: PostgrestClient[]) => Promise<{
  readonly data: unknown;
  readonly error: { code: string; message: string; details: string; hint: string } | null;
  readonly status: number;
}>;

/** The block's last statement declares `{ data, error }`; the status is beside them. */
async function byClient(people: People, text: string, tokens: Tokens): Promise<Answer> {
  const clients = callers.map((caller) =>
    new PostgrestClient(people.api.url, {
      headers: { Authorization: `Bearer ${tokens[caller]}` },
    }).schema('api'),
  ) as unknown as PostgrestClient[];
  const expression = text
    .trim()
    .replace(/;$/, '')
    .replace(/^const \{ data(, error)? \} = await /, '');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const call = new Function(
    ...callers.map((caller) => caller.replace('_role', 'Role').replace('_admin', 'Admin')),
    `return (async () => await ${expression})()`,
  ) as Call;
  const { data, error, status } = await call(...clients);
  const body =
    error === null
      ? data
      : { code: error.code, details: error.details, hint: error.hint, message: error.message };
  return { status, headers: undefined, body };
}

function isAsWritten(t: Test, example: Example, answer: Answer, names: Placeholders): void {
  const { start, headers, body } = parseMessage(example.answer);
  const at = `docs/api.md:${example.line}`;
  t.equal(`HTTP/1.1 ${answer.status}`, start.slice(0, 12), `${at}: the status`);
  const isText = headers['Content-Type']?.startsWith('text/') === true;
  const wanted: unknown = body === '' ? '' : isText ? body : JSON.parse(body);
  const actual =
    typeof answer.body === 'string' ? answer.body.replaceAll('\r\n', '\n') : answer.body;
  t.strictSame(actual, names.expectation(wanted, actual), `${at}: the answer`);
  for (const [name, value] of Object.entries(headers)) {
    const said = answer.headers?.get(name);
    if (said !== undefined) t.strictSame(said, names.expectation(value, said), `${at}: ${name}`);
  }
}

/** What happens in between, told by name in the page. */
async function play(people: People, { step, name }: Meanwhile, names: Placeholders) {
  const pool = people.database.pool;
  const keep = ({ runId, claimId }: { runId: string; claimId: string }): void => {
    names.set(name, runId);
    names.set(name.replace('>', ' claim>'), claimId);
  };
  switch (step) {
    case 'deliver': {
      const given = { runId: names.get(name), claimId: '' };
      const { rows } = await pool.query<{ claim_ids: string[] }>(
        'select claim_ids from accounting.export_requests where run_id = $1',
        [given.runId],
      );
      const claimIds = rows[0]?.claim_ids ?? [];
      const leaseId = await people.lease(given);
      await people.start(given, leaseId);
      const result = {
        organisation_id: people.organisationId,
        run_id: given.runId,
        lease_id: leaseId,
        kind: 'attempt',
        attempt_no: 1,
        actor: 'dispatcher-1',
        mapper_version: 'xledger/2',
        keep_lease_ms: 0,
        rows: [
          {
            outcome: 'accepted',
            claim_ids: claimIds,
            http_status: 200,
            external_ids: Object.fromEntries(
              claimIds.map((id, no) => [id, [`entry:${10441 + no}`]]),
            ),
            wire_sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
          },
        ],
      };
      await pool.query('select * from accounting.record_results($1)', [JSON.stringify([result])]);
      return;
    }
    case 'review':
      return keep(await people.waitsForPerson());
    case 'queue':
      return keep(await people.request());
    case 'file':
      await people.useFiles();
      return keep(await people.produced());
    case 'pause':
      await pool.query(
        `update accounting.integrations set paused_at = accounting.clock(),
           paused_reason = '401 twice' where organisation_id = $1 and is_enabled`,
        [people.organisationId],
      );
      return;
    default:
      throw new Error(`docs/api.md: nothing is called ${step}`);
  }
}

const examples = await readExamples();

for (const [way, ask] of [
  [
    'over HTTP',
    (people: People, { http }: Example, tokens: Tokens, names: Placeholders) =>
      overHttp(people, names.fill(http), tokens),
  ],
  [
    'by the client',
    (people: People, { js }: Example, tokens: Tokens, names: Placeholders) =>
      byClient(people, names.fill(js), tokens),
  ],
] as const) {
  await t.test(`every example answers what is written, ${way}`, async (t) => {
    const people = await startPeople(t);
    const tokens = await tokensOf(people);
    const names = new Placeholders();
    names.set('<organisation>', people.organisationId);
    for (const item of examples) {
      if (item.kind === 'meanwhile') await play(people, item, names);
      else isAsWritten(t, item, await ask(people, item, tokens, names), names);
    }
  });
}

await t.test('there is an example of each object, both ways', async (t) => {
  const people = await startPeople(t);
  const { rows } = await people.database.pool.query<{ name: string }>(
    `select c.relname as name from pg_class as c
      where c.relnamespace = 'api'::regnamespace and c.relkind = 'v'
     union
     select p.proname from pg_proc as p
      where p.pronamespace = 'api'::regnamespace and p.prorettype <> 'trigger'::regtype`,
  );
  const shown = examples.flatMap((item) => (item.kind === 'example' ? [item] : []));
  const http = shown.map((item) => item.http.split(/[\s?]/)[1]?.split('/').at(-1));
  const js = shown.map((item) => /\.(?:rpc|from)\(\s*'(\w+)'/.exec(item.js)?.[1]);
  t.same(js, http, 'each way asks the same object');
  t.same(
    rows.map(({ name }) => name).filter((name) => !http.includes(name)),
    [],
  );
});
