/**
 * What PostgREST's counts tell of others. `planned` and `estimated` come from EXPLAIN, whose statistics
 * are over every organisation's rows: row level security doesn't hold them back.
 */
import t from 'tap';

import { organisationB, startAccessWorld } from './support/access-world.ts';

const world = await startAccessWorld(t);
const { pool } = world.database;
const coordinator = world.callers.find(({ name }) => name === 'coordinator')?.token ?? '';
const views = [
  'export_status',
  'export_requests',
  'export_runs',
  'export_claims',
  'export_attention',
];

// Enough of B's for the statistics to be about B.
await pool.query(
  `insert into accounting.export_requests
     (organisation_id, claim_ids, request_key, system, endpoint, requested_by, state, ended_at,
      next_attempt_at)
   select $1, array[gen_random_uuid()], md5(i::text) || md5(i::text), 'file', null, 'zirkonia-' || i % 3,
          'skipped', accounting.clock(), null
     from generate_series(1, 5000) as i`,
  [organisationB],
);
await pool.query('analyze accounting.export_requests');

const ask = (path: string, count: string, token = coordinator) =>
  world.api.send('HEAD', path, { token, headers: { prefer: `count=${count}` } });

void t.test('count=exact counts the rows of the own organisation', async (t) => {
  for (const view of views) {
    const answer = await ask(`/${view}`, 'exact');
    const { body } = await world.api.get(`/${view}`, { token: coordinator });
    const { length } = body as unknown[];
    t.ok(length > 0 && length < 20, `${view} has some`);
    t.match(answer.headers.get('content-range') ?? '', new RegExp(`/${length}$`), view);
  }
});

void t.test('planned and estimated counts, made of all rows, are refused', async (t) => {
  for (const view of views) {
    for (const count of ['planned', 'estimated']) {
      const answer = await world.api.get(`/${view}?limit=1`, {
        token: coordinator,
        headers: { prefer: `count=${count}` },
      });
      t.match(
        answer,
        { status: 403, body: { code: '42501', hint: /count=exact/ } },
        `${count} of ${view}`,
      );
      t.equal(answer.headers.get('content-range'), null, 'and no number is told');
    }
  }
});

void t.test('no estimate says whether another organisation has a value', async (t) => {
  for (const filter of ['requested_by=eq.zirkonia-1', 'requested_by=gt.m', 'state=eq.skipped']) {
    const answer = await ask(`/export_requests?${filter}`, 'planned');
    t.equal(answer.status, 403, filter);
    t.equal(answer.headers.get('content-range'), null, `${filter} tells nothing`);
  }
  const twice = await fetch(`${world.api.url}/export_requests`, {
    method: 'HEAD',
    headers: [
      ['authorization', `Bearer ${coordinator}`],
      ['prefer', 'count=planned'],
      ['prefer', 'return=minimal'],
      ['prefer', 'count=exact'],
    ],
  });
  t.equal(twice.status, 403, 'nor by several headers');
});

void t.test('no plan is kept by which a later estimate gets through', async (t) => {
  for (let times = 0; times < 8; times += 1) {
    t.equal((await ask('/export_status?limit=1', 'exact')).status, 206);
  }
  t.equal((await ask('/export_status?limit=1', 'planned')).status, 403);
  t.equal((await ask('/export_status?limit=1', 'exact')).status, 206, 'and it spoils nothing');
});

void t.test('service_role, which sees all rows, gets estimates', async (t) => {
  const token = await world.api.token({ role: 'service_role' });
  const answer = await ask('/export_requests', 'planned', token);
  t.match(answer.headers.get('content-range') ?? '', /\/50\d\d$/);
});

void t.test('somebody at the database may look at plans, also of what a caller sees', async (t) => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify({ organisation_id: organisationB, app_role: 'coordinator' }),
    ]);
    await client.query('set local role authenticated');
    const explain = 'explain (format json) select * from api.export_status limit 50';
    t.equal((await client.query(explain)).rows.length, 1, 'for whoever measures');
    await client.query(`select set_config('request.path', '/export_status', true)`);
    await t.rejects(client.query(explain), { code: '42501' }, 'but not behind PostgREST');
  } finally {
    await client.query('rollback');
    client.release();
  }
});

void t.test('the query planner shows its plans to nobody', async (t) => {
  for (const type of [
    'application/vnd.pgrst.plan',
    'application/vnd.pgrst.plan+json; options=analyze',
  ]) {
    const answer = await world.api.get('/export_status', {
      token: coordinator,
      headers: { accept: type },
    });
    t.match(answer, { status: 415, body: { code: 'PGRST107' } }, type);
  }
});
