/** What PostgREST and Postgres themselves refuse, against the table of docs/api.md. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import t from 'tap';

import { startPeople } from './support/people.ts';

t.setTimeout(300_000);

const people = await startPeople(t);
const { api, tokens, organisationId } = people;
const token = tokens.kari;
const expired = await api.token({
  role: 'authenticated',
  organisationId,
  appRole: 'coordinator',
  expiresInSeconds: -60,
});
const [header, payload] = token.split('.');
const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');

interface Wrong {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(wrong: Wrong): Promise<string> {
  const as = wrong.token === undefined ? token : wrong.token;
  const answer = await fetch(`${api.url}${wrong.path}`, {
    method: wrong.method ?? (wrong.body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(as === null ? {} : { authorization: `Bearer ${as}` }),
      ...(wrong.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...wrong.headers,
    },
    ...(wrong.body === undefined ? {} : { body: wrong.body }),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  t.strictSame(Object.keys(said).sort(), ['code', 'details', 'hint', 'message'], wrong.path);
  return `${answer.status} ${String(said['code'])}`;
}

const uuid = '00000000-0000-4000-8000-000000000099';
const wrongs: readonly (readonly [string, readonly Wrong[]])[] = [
  [
    '401 42501',
    [
      { path: '/export_status', token: null },
      { path: '/rpc/cancel_export', body: `{"p_run_id": "${uuid}"}`, token: null },
    ],
  ],
  [
    '401 PGRST301',
    [
      { path: '/export_status', token: expired },
      { path: '/export_status', token: `${header}.${payload}.AAAA` },
      { path: '/export_status', token: `${none}.${payload}.` },
      { path: '/export_status', token: 'nonsense' },
    ],
  ],
  [
    '400 22P02',
    [
      { path: '/export_status?run_id=eq.nonsense' },
      { path: '/rpc/cancel_export', body: '{"p_run_id": "nonsense"}' },
      { path: '/export_requests', body: '{"claim_ids": ["nonsense"]}' },
    ],
  ],
  ['400 22007', [{ path: '/export_status?requested_at=gte.yesterdayish' }]],
  [
    '400 42703',
    [
      { path: '/export_status?nonsense=eq.1' },
      { path: '/export_status?select=nonsense' },
      { path: '/export_status?order=nonsense' },
    ],
  ],
  ['400 PGRST100', [{ path: '/export_status?run_id=nonsense' }, { path: '/export_status?or=(a' }]],
  [
    '400 PGRST102',
    [
      { path: '/export_requests', body: '' },
      { path: '/rpc/put_claims', body: '{"p_claims": [' },
    ],
  ],
  ['400 PGRST204', [{ path: '/export_requests?columns=nonsense', body: '{"claim_ids": []}' }]],
  [
    '403 42501',
    [
      { path: '/export_requests', body: `{"claim_ids": ["${uuid}"], "state": "exported"}` },
      { path: '/export_requests', method: 'PATCH', body: '{"state": "queued"}' },
      { path: '/export_runs', body: '{}' },
    ],
  ],
  [
    '404 PGRST202',
    [
      { path: '/rpc/nonsense', body: '{}' },
      { path: '/rpc/cancel_export', body: '{}' },
      { path: '/rpc/cancel_export', body: '{"p_run": 1}' },
    ],
  ],
  ['404 42P01', [{ path: '/claims' }, { path: '/nonsense' }]],
  ['405 25006', [{ path: `/rpc/cancel_export?p_run_id=${uuid}` }]],
  ['405 PGRST101', [{ path: '/rpc/cancel_export', method: 'DELETE' }]],
  ['406 PGRST106', [{ path: '/claims', headers: { 'accept-profile': 'accounting' } }]],
  [
    '406 PGRST116',
    [{ path: '/export_status', headers: { accept: 'application/vnd.pgrst.object+json' } }],
  ],
  ['415 PGRST107', [{ path: '/export_status', headers: { accept: 'image/png' } }]],
  ['416 PGRST103', [{ path: '/export_status?offset=5', headers: { prefer: 'count=exact' } }]],
  [
    '500 55000',
    [
      { path: '/export_status', method: 'DELETE' },
      { path: '/export_claims', body: '{}' },
    ],
  ],
];

void t.test('each is refused with the status and the code that the page tells', async (t) => {
  const page = await readFile(fileURLToPath(new URL('../../docs/api.md', import.meta.url)), 'utf8');
  const listed = [...page.matchAll(/^\| (\d{3}) \| `(\w+)` \|/gm)].map(
    (row) => `${row[1]} ${row[2]}`,
  );
  for (const [expected, list] of wrongs) {
    for (const wrong of list) {
      t.equal(
        await ask(wrong),
        expected,
        `${wrong.method ?? ''} ${wrong.path} ${wrong.body ?? ''}`,
      );
    }
  }
  t.same(
    listed,
    wrongs.map(([expected]) => expected),
    'docs/api.md has each of them',
  );
});
