/** The examples of the API's pages, in their order, against the real PostgREST: over HTTP, and by the client. */
import { PostgrestClient } from '@supabase/postgrest-js';
import t, { type Test } from 'tap';

import { parseMessage, Placeholders, readExamples, type Example } from './support/api-examples.ts';
import { play } from './support/api-steps.ts';
import { startPeople, type People } from './support/people.ts';

// On a busy machine the default is too short.
t.setTimeout(300_000);

const pages = ['docs/api.md', 'docs/declarations.md'] as const;

const callers = [
  'app',
  'coordinator',
  'driver',
  'auditor',
  'organisation_admin',
  'service_role',
] as const;
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
  const { at } = example;
  t.equal(`HTTP/1.1 ${answer.status}`, start.slice(0, 12), `${at}: the status`);
  const isText = headers['Content-Type']?.startsWith('text/') === true;
  const wanted: unknown = body === '' ? '' : isText ? body : JSON.parse(body);
  const actual =
    typeof answer.body === 'string' ? answer.body.replaceAll('\r\n', '\n').trimEnd() : answer.body;
  t.strictSame(actual, names.expectation(wanted, actual), `${at}: the answer`);
  for (const [name, value] of Object.entries(headers)) {
    const said = answer.headers?.get(name);
    if (said !== undefined) t.strictSame(said, names.expectation(value, said), `${at}: ${name}`);
  }
}

const ways = [
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
] as const;

const shown: Example[] = [];
for (const page of pages) {
  const items = await readExamples(page);
  shown.push(...items.filter((item) => item.kind === 'example'));
  for (const [way, ask] of ways) {
    await t.test(`every example of ${page} answers what is written, ${way}`, async (t) => {
      const people = await startPeople(t);
      const tokens = await tokensOf(people);
      const names = new Placeholders();
      names.set('<organisation>', people.organisationId);
      for (const item of items) {
        if (item.kind === 'meanwhile') await play(people, item, names);
        else isAsWritten(t, item, await ask(people, item, tokens, names), names);
      }
    });
  }
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
  const http = shown.map((item) => item.http.split(/[\s?]/)[1]?.split('/').at(-1));
  const js = shown.map((item) => /\.(?:rpc|from)\(\s*'(\w+)'/.exec(item.js)?.[1]);
  t.same(js, http, 'each way asks the same object');
  t.same(
    rows.map(({ name }) => name).filter((name) => !http.includes(name)),
    [],
  );
});
