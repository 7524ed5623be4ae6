/** How a dispatcher hears of work, and how it ends. */
import t from 'tap';

import { startDispatcher, spawnDispatcher } from './support/dispatcher-process.ts';
import { startTcpProxy } from './support/tcp-proxy.ts';
import {
  startTwoOrganisations,
  story,
  type TwoOrganisations,
} from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

const world = await startTwoOrganisations(t);
const { hlf, database } = world;
const { pool } = database;
const never = { POLL_INTERVAL_MS: '600000' };
const withSettings = (settings: Record<string, string>) => ({
  environment: { ...world.environment, ...settings },
});

/** A run whose lines are under way to Business Central, held up there. */
async function underWay(world: TwoOrganisations, delayMs: number) {
  const claims = await world.putClaims(hlf, 1);
  hlf.faults.clear();
  hlf.faults.add({ kind: 'delay', delay_ms: delayMs, path: '\\$batch$' });
  const before = hlf.requests.length;
  const runId = await world.request(hlf, claims);
  await waitFor(() => hlf.requests.slice(before).some(({ fault }) => fault === 'delay'), {
    what: 'the lines to be under way',
  });
  return { runId, effects: () => hlf.effects(claims[0]?.reference ?? '') };
}

await t.test('a notification is enough to find work', async (t) => {
  const dispatcher = await startDispatcher(t, withSettings(never));
  const runId = await world.request(hlf, await world.putClaims(hlf, 1));
  await world.runIs(runId, ['exported']);
  dispatcher.kill('SIGTERM');
  await dispatcher.ended;
});

await t.test('without notifications the poll finds it', async (t) => {
  const dispatcher = await startDispatcher(t, withSettings({ POLL_INTERVAL_MS: '200' }));
  await pool.query('alter table accounting.export_requests disable trigger notify');
  const runId = await world.request(hlf, await world.putClaims(hlf, 1));
  await world.runIs(runId, ['exported']);
  await pool.query('alter table accounting.export_requests enable trigger notify');
  dispatcher.kill('SIGTERM');
  await dispatcher.ended;
});

await t.test('a listener whose session was ended comes back, and looks at once', async (t) => {
  const dispatcher = await startDispatcher(t, withSettings(never));
  const listeners = `from pg_stat_activity
    where datname = $1 and application_name = 'accounting-export listener'`;
  const ended = await pool.query(`select pg_terminate_backend(pid) ${listeners}`, [database.name]);
  t.equal(ended.rowCount, 1);
  const missed = await world.request(hlf, await world.putClaims(hlf, 1));
  await world.runIs(missed, ['exported']);
  await waitFor(async () => (await pool.query(`select ${listeners}`, [database.name])).rowCount, {
    what: 'the listener to be back',
  });
  const told = await world.request(hlf, await world.putClaims(hlf, 1));
  await world.runIs(told, ['exported']);
  dispatcher.kill('SIGTERM');
  t.same(await dispatcher.ended, { code: null, signal: 'SIGTERM' });
});

await t.test('all sessions ended, it goes on once the database lets it', async (t) => {
  const dispatcher = await startDispatcher(t, withSettings({ POLL_INTERVAL_MS: '200' }));
  const run = await underWay(world, 300);
  await pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = $1 and application_name like 'accounting-export %'`,
    [database.name],
  );
  await world.runIs(run.runId, ['exported']);
  t.same(story(await world.trail(run.runId)), ['attempt accepted'], 'the answer is not lost');
  t.equal(run.effects(), 1);
  dispatcher.kill('SIGTERM');
  await dispatcher.ended;
});

await t.test('hostile and repeated notifications cause one attempt, and no harm', async (t) => {
  const dispatcher = await startDispatcher(t, withSettings(never));
  const payloads = ['{"broken', "'; drop table x; --", '\u0001\u001b[2J', 'null', 'x'.repeat(7999)];
  for (const payload of payloads) {
    await pool.query('select pg_notify($1, $2)', ['accounting_export', payload]);
  }
  const runId = await world.request(hlf, await world.putClaims(hlf, 1));
  // In one transaction the same payload is told once: so each has its own.
  await pool.query(
    `select pg_notify('accounting_export', '{"run_id": "' || $1 || '", "n": ' || n || '}')
       from generate_series(1, 1000) as n`,
    [runId],
  );
  await world.runIs(runId, ['exported']);
  t.same(story(await world.trail(runId)), ['attempt accepted']);
  const after = await world.request(hlf, await world.putClaims(hlf, 1));
  await world.runIs(after, ['exported']);
  t.same(
    dispatcher.log.filter(({ level }) => level === 'error'),
    [],
  );
  t.notMatch(dispatcher.output(), /drop table/);
  dispatcher.kill('SIGTERM');
  await dispatcher.ended;
});

await t.test(
  'SIGTERM lets what is under way finish, takes nothing new, and passes on',
  async (t) => {
    const dispatcher = await startDispatcher(t, withSettings({}));
    const run = await underWay(world, 500);
    dispatcher.kill('SIGTERM');
    await dispatcher.logged('signal.received');
    const late = await world.request(hlf, await world.putClaims(hlf, 1));
    t.same(await dispatcher.ended, { code: null, signal: 'SIGTERM' }, 'it ends by the signal');
    t.match(await world.run(run.runId), { state: 'exported' });
    t.equal(run.effects(), 1);
    t.equal(dispatcher.stderr(), '');
    t.match(await world.run(late), { state: 'queued', lease_id: null }, 'left for the next one');

    const next = await startDispatcher(t, withSettings({}));
    await world.runIs(late, ['exported']);
    next.kill('SIGTERM');
    await next.ended;
  },
);

await t.test('what is not finished in time is cut, told as unknown, and asked about', async (t) => {
  const dispatcher = await startDispatcher(t, withSettings({ SHUTDOWN_TIMEOUT_MS: '100' }));
  const run = await underWay(world, 600);
  dispatcher.kill('SIGTERM');
  t.same(await dispatcher.ended, { code: null, signal: 'SIGTERM' });
  const [row] = await world.trail(run.runId);
  t.match(row, { kind: 'attempt', outcome: 'unknown', http_status: null });
  t.not(row?.actor, 'sweep', 'it told so itself');
  t.match(await world.run(run.runId), { state: 'in_doubt', lease_id: null });

  const next = await startDispatcher(t, withSettings({}));
  await world.runIs(run.runId, ['exported']);
  t.equal(run.effects(), 1);
  next.kill('SIGINT');
  t.same(await next.ended, { code: null, signal: 'SIGINT' }, 'SIGINT alike');
});

await t.test('a second SIGTERM ends it at once, and the lease is swept', async (t) => {
  const dispatcher = await startDispatcher(t, withSettings({}));
  const run = await underWay(world, 600);
  dispatcher.kill('SIGTERM');
  await dispatcher.logged('signal.received');
  dispatcher.kill('SIGTERM');
  t.same(await dispatcher.ended, { code: 1, signal: null });
  t.match(await world.run(run.runId), { state: 'sending' });

  const next = await startDispatcher(t, withSettings({}));
  await world.runIs(run.runId, ['exported']);
  t.match((await world.trail(run.runId))[0], { outcome: 'unknown', actor: 'sweep' });
  t.equal(run.effects(), 1);
  next.kill('SIGTERM');
  await next.ended;
});

await t.test('SIGTERM while it starts ends it too', async (t) => {
  const dispatcher = spawnDispatcher(t, withSettings({}));
  // Its session is there before anything is checked.
  await waitFor(
    async () =>
      (
        await pool.query(
          `select 1 from pg_stat_activity
            where datname = $1 and application_name = 'accounting-export dispatcher'`,
          [database.name],
        )
      ).rowCount,
    { what: 'its first session' },
  );
  dispatcher.kill('SIGTERM');
  t.same(await dispatcher.ended, { code: null, signal: 'SIGTERM' });
});

await t.test('SIGTERM with nothing under way ends it though the database is frozen', async (t) => {
  const proxy = await startTcpProxy(t, database.url);
  const dispatcher = await startDispatcher(
    t,
    withSettings({ DATABASE_URL: proxy.url, POLL_INTERVAL_MS: '100' }),
  );
  await proxy.blackHole();
  const started = performance.now();
  dispatcher.kill('SIGTERM');
  t.same(await dispatcher.ended, { code: null, signal: 'SIGTERM' });
  const tookMs = performance.now() - started;
  t.ok(tookMs < 4_000, `${Math.round(tookMs)} ms`);
});

t.end();
