/** Each error code that the API may answer with, as an app gets it; and its OpenAPI document. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import pg from 'pg';
import t from 'tap';

import { startPeople } from './support/people.ts';
import type { ApiAnswer } from './support/postgrest.ts';

t.setTimeout(300_000);

const people = await startPeople(t);
const { api, organisationId, tokens } = people;
const { pool } = people.database;
const tokenOf = (appRole: string, id = organisationId) =>
  api.token({ role: 'authenticated', organisationId: id, appRole, subject: 'somebody' });
const admin = await tokenOf('organisation_admin');
const service = await api.token({ role: 'service_role' });
const kari = tokens.kari;

const call = (name: string, body: object, token = kari): Promise<ApiAnswer> =>
  api.post(`/rpc/${name}`, body, { token });
const request = (body: object, token = kari): Promise<ApiAnswer> =>
  api.post('/export_requests', body, { token });
const put = (changes: object, token = tokens.app): Promise<ApiAnswer> =>
  call('put_claims', { p_claims: [{ ...claim, ...changes }] }, token);
const claim = {
  id: randomUUID(),
  reference: 'A-1',
  kind: 'travel_expense',
  claimant: { id: 'person-1', name: 'Kari Eksempel' },
  currency: 'NOK',
  total: '100.00',
  lines: [{ type: 'mileage', date: '2026-03-02', amount: '100.00' }],
};

async function setEnabled(isEnabled: boolean): Promise<void> {
  await pool.query(
    `update accounting.integrations set is_enabled = $2 where organisation_id = $1`,
    [organisationId, isEnabled],
  );
}

/** A lock that the call waits for, until it is cut off. */
async function whileLocked(work: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const locker = new pg.Client({ connectionString: people.database.superuserUrl });
  await locker.connect();
  try {
    await pool.query(`alter function api.cancel_export(uuid) set lock_timeout = '50ms'`);
    await locker.query('begin');
    await locker.query('lock table accounting.export_requests in access exclusive mode');
    return await work();
  } finally {
    await locker.end();
    await pool.query('alter function api.cancel_export(uuid) reset lock_timeout');
  }
}

const evidence = { p_evidence: 'seen' };
/** By code: how to get it. */
const provoked: Readonly<Record<string, () => Promise<ApiAnswer>>> = {
  AX001: () => request({ claim_ids: [] }),
  AX002: () => call('check_export', { p_claim_ids: [null] }),
  AX003: () => call('check_export', { p_claim_ids: [claim.id, claim.id] }),
  AX004: () => call('check_export', { p_claim_ids: Array.from({ length: 501 }, randomUUID) }),
  AX005: () => request({ claim_ids: [claim.id], organisation_id: randomUUID() }),
  AX006: () => call('find_exports', { p_term: 'A' }, service),
  AX007: () => call('resume_integration', { p_system: 'file', ...evidence }, admin),
  async AX008() {
    await setEnabled(false);
    const answer = await request({ claim_ids: [claim.id] });
    await setEnabled(true);
    return answer;
  },
  AX009: async () => call('find_exports', { p_term: 'A' }, await tokenOf('driver')),
  async AX011() {
    await put({});
    await request({ claim_ids: [claim.id] });
    return put({ state: 'withdrawn' });
  },
  AX012: () => put({ total: '1' }),
  AX013: () => put({ id: randomUUID() }),
  AX014: () => call('find_exports', { p_term: 'A', p_organisation_id: randomUUID() }, service),
  AX015: async () => request({ claim_ids: [claim.id] }, await tokenOf('app', randomUUID())),
  AX016: () => call('cancel_export', { p_run_id: randomUUID() }),
  AX017: () => call('resume_integration', { p_system: 'xledger', p_evidence: ' ' }, admin),
  AX018: async () => people.confirm(await people.request(), 'kari'),
  AX019: async () => people.void(await people.waitsForPerson(), 'kari'),
  AX024: () => whileLocked(() => call('cancel_export', { p_run_id: randomUUID() })),
  AX025: async () => people.resolve(await people.waitsForPerson(), 'voided', 'kari'),
  async AX026() {
    const given = await people.exported();
    await pool.query(
      `update accounting.export_requests
          set quarantine_until = accounting.clock() + interval '1 h' where run_id = $1`,
      [given.runId],
    );
    return people.void(given, 'kari');
  },
  async AX027() {
    await people.useFiles();
    const { runId } = await people.produced();
    return api.get(`/rpc/export_file?p_run_id=${runId}`, {
      token: kari,
      headers: { accept: 'text/html' },
    });
  },
  async AX028() {
    const given = await people.produced();
    await people.void(given, 'kari');
    return api.get(`/rpc/export_file?p_run_id=${given.runId}`, {
      token: kari,
      headers: { accept: 'text/csv' },
    });
  },
};
/** Only for commands, dispatchers, or who writes the tables. */
const elsewhere = ['AX010', 'AX020', 'AX021', 'AX022', 'AX023'];

await t.test('each code comes with the status of the README, a message and a hint', async (t) => {
  const readme = await readFile(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
  const listed = [...readme.matchAll(/^\| (AX\d{3}) \| (\d{3}) \|/gm)].filter(
    ([, code = '']) => !elsewhere.includes(code),
  );
  t.same(
    Object.keys(provoked),
    listed.map(([, code]) => code),
    'all of them',
  );
  for (const [, code = '', status] of listed) {
    const answer = await provoked[code]?.();
    t.equal(answer?.status, Number(status), `${code}: the status`);
    const body = answer?.body as Record<string, unknown>;
    t.strictSame(Object.keys(body).sort(), ['code', 'details', 'hint', 'message'], code);
    t.match(body, { code, message: /\S/, hint: /\S/ }, `${code}: the words`);
    t.match(answer?.headers.get('content-type'), /^application\/json/, `${code}: the type`);
  }
});

interface Described {
  readonly description?: string;
  readonly summary?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

await t.test('the OpenAPI document describes every object and every column', async (t) => {
  const { rows } = await pool.query<{ path: string; views: string[]; functions: string[] }>(
    `select
       (select array_agg(relname::text order by relname) from pg_class
         where relnamespace = 'api'::regnamespace and relkind = 'v') as views,
       (select array_agg(proname::text order by proname) from pg_proc
         where pronamespace = 'api'::regnamespace and prorettype <> 'trigger'::regtype
           and has_function_privilege('authenticated', oid, 'execute')) as functions`,
  );
  const answer = await api.get('/', { token: kari });
  const { paths, definitions } = answer.body as {
    paths: Record<string, Record<string, Described>>;
    definitions: Record<string, Described>;
  };
  t.same(Object.keys(definitions).sort(), rows[0]?.views, 'all views');
  t.same(
    Object.keys(paths)
      .filter((path) => path.startsWith('/rpc/'))
      .sort(),
    rows[0]?.functions.map((name) => `/rpc/${name}`),
    'all functions',
  );
  for (const [name, { description, properties = {} }] of Object.entries(definitions)) {
    t.match(description, /\S/, name);
    t.same(
      Object.entries(properties).flatMap(([column, said]) => (said.description ? [] : [column])),
      [],
      `${name}: every column`,
    );
  }
  for (const path of Object.keys(paths).filter((name) => name !== '/')) {
    for (const [verb, said] of Object.entries(paths[path] ?? {})) {
      t.match(said.summary ?? said.description, /\S/, `${verb} ${path}`);
    }
  }
});
