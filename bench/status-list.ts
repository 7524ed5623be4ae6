/**
 * `npm run bench -- status-list [runs]`: how long it takes to read the state of exports, as a
 * coordinator of an organisation that has a tenth of all runs: in Postgres under row level security,
 * and through PostgREST. In an embedded Postgres of its own. Default: 1,000,000 runs.
 */
import { loadavg } from 'node:os';

import type pg from 'pg';

import { createTestDatabase } from '../dispatcher/test/support/database.ts';
import { createTestApi } from '../dispatcher/test/support/postgrest.ts';
import { bigOrganisationId, seedRuns } from './seed-runs.ts';
import { createTeardown } from './teardown.ts';

const runs = Number(process.argv[2] ?? 1_000_000);
const smallOrganisations = Math.max(1, Math.min(300, Math.round(runs / 1000)));
const rounds = 200;

interface Case {
  readonly what: string;
  readonly sql: string;
  readonly path: string;
}

interface Plan {
  readonly 'Planning Time': number;
  readonly 'Execution Time': number;
}

const list = 'order by requested_at desc, run_id limit 50';
const listed = 'order=requested_at.desc,run_id&limit=50';

/** @param middle a run in the middle of the big organisation's. */
function casesOf(middle: { run_id: string; requested_at: string; no: number }): Case[] {
  const { run_id: id, requested_at: at, no } = middle;
  const reference = `R-${String(no).padStart(7, '0')}-3`;
  const entry = String(no * 10 + 3);
  const next = `requested_at <= '${at}' and (requested_at < '${at}' or run_id > '${id}')`;
  const nextPath = `requested_at=lte.${at}&or=(requested_at.lt.${at},run_id.gt.${id})`;
  const find = (term: string): Omit<Case, 'what'> => ({
    sql: `select * from api.find_exports('${term}')`,
    path: `/rpc/find_exports?p_term=${term}`,
  });
  const view = (name: string, where: string, filters: string): Omit<Case, 'what'> => ({
    sql: `select * from api.${name} ${where}`,
    path: `/${name}?${filters}`,
  });
  return [
    { what: 'status list, 50 newest', ...view('export_status', list, listed) },
    {
      what: 'status list, a page in the middle',
      ...view('export_status', `where ${next} ${list}`, `${nextPath}&${listed}`),
    },
    {
      what: 'status list, state failed',
      ...view(
        'export_status',
        `where integration_status = 'failed' ${list}`,
        `integration_status=eq.failed&${listed}`,
      ),
    },
    {
      what: 'status list, one day of a year ago',
      ...view(
        'export_status',
        `where requested_at >= '2025-11-28' and requested_at < '2025-11-29' ${list}`,
        `requested_at=gte.2025-11-28&requested_at=lt.2025-11-29&${listed}`,
      ),
    },
    {
      what: 'get_export_status, 50 newest',
      sql: 'select * from api.get_export_status(null, 50)',
      path: '/rpc/get_export_status?p_limit=50',
    },
    {
      what: 'get_export_status, one run',
      sql: `select * from api.get_export_status('${id}')`,
      path: `/rpc/get_export_status?p_run_id=${id}`,
    },
    {
      what: 'claims of a run',
      ...view('export_claims', `where run_id = '${id}'`, `run_id=eq.${id}`),
    },
    {
      what: 'claims by reference',
      ...view('export_claims', `where reference = '${reference}'`, `reference=eq.${reference}`),
    },
    {
      what: 'trail of a run',
      ...view('export_runs', `where run_id = '${id}' order by seq`, `run_id=eq.${id}&order=seq`),
    },
    { what: 'what needs a person', ...view('export_attention', '', '') },
    { what: 'search: a reference', ...find(reference) },
    { what: 'search: how many references begin', ...find('R-00') },
    { what: 'search: a voucher number', ...find(entry) },
    { what: 'search: a run', ...find(id) },
  ];
}

/** Sequential scans of the tables that grow, in this transaction. */
const scans = `select sum(pg_stat_get_xact_numscans(c.oid))::integer as scans from pg_class as c
  where c.relnamespace = 'accounting'::regnamespace and c.relkind = 'r'
    and c.relname in ('export_requests', 'claim_reservations', 'export_runs', 'claims')`;

/** Median milliseconds, planning and executing, as the role that PostgREST takes. */
async function inPostgres(pool: pg.Pool, sql: string): Promise<{ ms: number; scans: number }> {
  const client = await pool.connect();
  try {
    // What the connection scanned before would be counted until it is flushed.
    await client.query('select pg_stat_force_next_flush()');
    await client.query('begin');
    await client.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify({
        role: 'authenticated',
        organisation_id: bigOrganisationId,
        app_role: 'coordinator',
        sub: 'bench',
      }),
    ]);
    const times: number[] = [];
    for (let round = 0; round < 21; round += 1) {
      await client.query('set local role authenticated');
      const { rows } = await client.query<{ 'QUERY PLAN': [Plan] }>(
        `explain (analyze, format json) ${sql}`,
      );
      await client.query('reset role');
      const plan = rows[0]?.['QUERY PLAN'][0];
      if (plan !== undefined) times.push(plan['Planning Time'] + plan['Execution Time']);
    }
    const { rows } = await client.query<{ scans: number }>(scans);
    return { ms: quantile(times, 0.5), scans: rows[0]?.scans ?? Number.NaN };
  } finally {
    await client.query('rollback');
    client.release();
  }
}

async function overHttp(
  url: string,
  token: string,
): Promise<{ median: number; p95: number; rows: number }> {
  const times: number[] = [];
  let rows = 0;
  for (let round = 0; round < rounds + 10; round += 1) {
    const started = performance.now();
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const body = (await answer.json()) as unknown[];
    const took = performance.now() - started;
    if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(body)}`);
    rows = body.length;
    // The first ones warm up.
    if (round >= 10) times.push(took);
  }
  return { median: quantile(times, 0.5), p95: quantile(times, 0.95), rows };
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

const t = createTeardown();
try {
  const database = await createTestDatabase(t);
  const { pool } = database;
  await pool.query(`alter system set max_wal_size = '8GB'`);
  await pool.query('select pg_reload_conf()');
  await seedRuns(pool, { runs, smallOrganisations });
  const { rows } = await pool.query<{ run_id: string; requested_at: string; no: number }>(
    `select run_id, to_char(requested_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
         as requested_at, request_key::integer as no
       from accounting.export_requests
      where organisation_id = $1 and state = 'exported'
      order by abs(request_key::integer - $2 / 2) limit 1`,
    [bigOrganisationId, runs],
  );
  const [middle] = rows;
  if (middle === undefined) throw new Error('there is no run');
  const api = await createTestApi(t, database);
  const token = await api.token({
    role: 'authenticated',
    organisationId: bigOrganisationId,
    appRole: 'coordinator',
    subject: 'bench',
  });
  const { rows: versions } = await pool.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  );
  console.log(
    `\nPostgres ${versions[0]?.version}, ${runs} runs of ${smallOrganisations + 1} organisations, ` +
      `read by the one that has a tenth. Milliseconds. Load of the machine: ${loadavg()[0]?.toFixed(1)}.`,
  );
  console.log('| what | rows | Postgres, median of 21 | table scans | HTTP, median of 200 | p95 |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const { what, sql, path } of casesOf(middle)) {
    const http = await overHttp(`${api.url}${path}`, token);
    const bare = await inPostgres(pool, sql);
    console.log(
      `| ${what} | ${http.rows} | ${bare.ms.toFixed(2)} | ${bare.scans} | ` +
        `${http.median.toFixed(1)} | ${http.p95.toFixed(1)} |`,
    );
  }
} finally {
  await t.close();
}
