/** The way to the database breaks, is slow or full: nothing is lost, nothing is booked twice. */
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';
import t, { type Test } from 'tap';

import { checkBooks, requestClaims, type Runs } from './support/books.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { startTcpProxy, type TcpProxy } from './support/tcp-proxy.ts';
import {
  startTwoOrganisations,
  story,
  type TwoOrganisations,
} from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

// Most of the time is waiting: so side by side.
t.jobs = 2;

/** A dispatcher whose way to the database leads through a proxy. */
async function startBehindProxy(
  t: Test,
  world: TwoOrganisations,
): Promise<{ proxy: TcpProxy; dispatcher: Awaited<ReturnType<typeof startDispatcher>> }> {
  const proxy = await startTcpProxy(t, world.database.url);
  const environment = { ...world.environment, DATABASE_URL: proxy.url, POLL_INTERVAL_MS: '200' };
  return { proxy, dispatcher: await startDispatcher(t, { environment }) };
}

void t.test(
  'all sessions ended at any time, again and again, it loses and doubles nothing',
  async (t) => {
    const seed = Number(process.env['SEED'] ?? 20_260_304);
    t.comment(`SEED=${seed}`);
    const world = await startTwoOrganisations(t);
    const runs: Runs = new Map();
    await startDispatcher(t, {
      environment: { ...world.environment, POLL_INTERVAL_MS: '200' },
    });
    let pauseMs = seed % 97;
    let ended = 0;
    for (let round = 0; round < 20; round += 1) {
      for (const organisation of [world.hlf, world.blindeforbundet]) {
        await requestClaims(world, runs, organisation, 2);
      }
      // Numbers that walk through what an attempt takes.
      pauseMs = (pauseMs * 5 + 31) % 97;
      await sleep(pauseMs);
      const { rowCount } = await world.database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = $1 and application_name like 'accounting-export %'`,
        [world.database.name],
      );
      ended += rowCount ?? 0;
    }
    t.ok(ended > 20, `${ended} sessions were ended`);
    await checkBooks(t, world, runs);
  },
);

const lostAnswers = {
  start_attempt: {
    trail: ['attempt unknown', 'reconciliation absent', 'attempt accepted'],
    why: 'nothing was sent under a start that nobody heard of',
  },
  record_results: { trail: ['attempt accepted'], why: 'told again, it is kept once' },
} as const;
for (const [call, { trail, why }] of Object.entries(lostAnswers)) {
  void t.test(`a commit of ${call} whose answer is lost changes nothing in the end`, async (t) => {
    const world = await startTwoOrganisations(t, { lease_ms: 4000, send_timeout_ms: 3000 });
    const runs: Runs = new Map();
    const { proxy } = await startBehindProxy(t, world);
    for (const organisation of [world.hlf, world.blindeforbundet]) {
      const lost = proxy.loseAnswerTo(new RegExp(`accounting\\.${call}\\(`));
      const runId = await requestClaims(world, runs, organisation, 2);
      await lost;
      t.not((await world.run(runId)).attempt_no, 0, 'the start was committed');
      await checkBooks(t, world, runs);
      const told = story(await world.trail(runId));
      t.same([...new Set(told)], trail, `${organisation.system}: ${why}`);
    }
  });
}

void t.test('an app whose answer is lost asks again, and is given the same run', async (t) => {
  const world = await startTwoOrganisations(t);
  const claims = await world.putClaims(world.hlf, 2);
  const proxy = await startTcpProxy(t, world.database.superuserUrl);
  const ask = async (): Promise<string> => {
    const client = new pg.Client({ connectionString: proxy.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ run_id: string }>(
        `insert into api.export_requests (organisation_id, claim_ids) values ($1, $2)
           returning run_id`,
        [world.hlf.id, claims.map(({ id }) => id)],
      );
      return rows[0]?.run_id ?? '';
    } finally {
      void client.end();
    }
  };
  void proxy.loseAnswerTo(/insert into api\.export_requests/);
  await t.rejects(ask());
  const runId = await ask();
  const { rows } = await world.database.pool.query(
    'select run_id, state from accounting.export_requests',
  );
  t.same(rows, [{ run_id: runId, state: 'queued' }], 'there is no second one');
});

void t.test('with a slow database it carries its runs, once', async (t) => {
  const world = await startTwoOrganisations(t, { lease_ms: 30_000, send_timeout_ms: 20_000 });
  const runs: Runs = new Map();
  const { proxy, dispatcher } = await startBehindProxy(t, world);
  proxy.delay(150);
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    for (let i = 0; i < 3; i += 1) await requestClaims(world, runs, organisation, 2);
  }
  await checkBooks(t, world, runs);
  for (const runId of runs.keys()) {
    t.same(story(await world.trail(runId)), ['attempt accepted'], 'no lease lapsed meanwhile');
  }
  t.same(
    dispatcher.log.filter(({ level }) => level === 'error'),
    [],
  );
});

void t.test('a start that is heard of when its time is over sends nothing', async (t) => {
  const world = await startTwoOrganisations(t, { lease_ms: 4000, send_timeout_ms: 1000 });
  const { hlf } = world;
  const runs: Runs = new Map();
  const { proxy, dispatcher } = await startBehindProxy(t, world);
  proxy.delay(1100);
  const runId = await requestClaims(world, runs, hlf, 2);
  await dispatcher.logged('attempt.started', (line) => line['run_id'] === runId);
  await dispatcher.logged('attempt.recorded', (line) => line['run_id'] === runId);
  t.notOk(
    hlf.requests.some((one) => hlf.carriesLines(one)),
    'no lines are sent',
  );
  proxy.open();
  await checkBooks(t, world, runs);
});

void t.test('a database that takes no more connections is not besieged', async (t) => {
  const world = await startTwoOrganisations(t);
  const runs: Runs = new Map();
  const { proxy, dispatcher } = await startBehindProxy(t, world);
  const role = new URL(world.database.url).username;
  await world.database.pool.query(`alter role ${role} connection limit 0`);
  proxy.cutAll();
  await requestClaims(world, runs, world.hlf, 2);
  const failures = () =>
    dispatcher.log.filter(({ event, code }) => event === 'poll.failed' && code === '53300');
  await waitFor(() => failures().length > 0, { what: 'a refusal' });
  const [started, before] = [performance.now(), proxy.connections];
  await waitFor(() => failures().length >= 6, { what: 'more refusals', timeoutMs: 30_000 });
  const elapsedMs = performance.now() - started;
  // Listener and poll wait at least 100 ms each between their tries.
  const most = 4 + elapsedMs / 50;
  t.ok(proxy.connections - before <= most, `${proxy.connections - before} tries, ${most} at most`);
  await world.database.pool.query(`alter role ${role} connection limit -1`);
  await checkBooks(t, world, runs);
});

t.end();
