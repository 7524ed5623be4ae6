/** The database's server goes away, in an orderly way and at once, and comes back. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import t from 'tap';

import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../sandbox/embedded-postgres.ts';
import { freePort } from '../../sandbox/free-port.ts';
import { makeReachableDirectory, postgresIdentity } from '../../sandbox/postgres-binaries.ts';
import { migrate } from '../migrate.ts';
import { checkBooks, requestClaims, type Runs } from './support/books.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { serverVariables, withAdmin } from './support/server.ts';
import { startTwoOrganisations, story } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

// A server of this file's own, which loses nothing in a crash: the runner's one serves other tests.
const dataDirectory = await makeReachableDirectory('accounting-away-', postgresIdentity());
const port = await freePort();
const template = 'accounting_template';
const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDirectory, port });
let server = await start();
// Torn down in reverse: the databases first.
t.teardown(() => rm(dataDirectory, { recursive: true }));
t.teardown(() => server.stop());
await withAdmin(server.url, (admin) => admin.query(`create database ${template}`));
await migrate({ databaseUrl: server.urlFor(template) });
process.env[serverVariables.url] = server.url;
process.env[serverVariables.template] = template;
const world = await startTwoOrganisations(t, { lease_ms: 60_000, send_timeout_ms: 30_000 });

/** As when the machine loses its power: nobody is told, nothing is written. */
async function crashServer(): Promise<void> {
  const pid = await readFile(path.join(dataDirectory, 'postmaster.pid'), 'utf8');
  process.kill(Number(pid.split('\n')[0]), 'SIGQUIT');
  await server.stop();
}

const { hlf, blindeforbundet } = world;
const withSettings = (settings: Readonly<Record<string, string>>) => ({
  environment: { ...world.environment, POLL_INTERVAL_MS: '300', ...settings },
});

await t.test('a start outlives a crash of the server, and so does what was sent', async (t) => {
  const runs: Runs = new Map();
  const dispatcher = await startDispatcher(t, withSettings({}));
  hlf.faults.add({ kind: 'delay', delay_ms: 700, path: '/token$' });
  const runId = await requestClaims(world, runs, hlf, 2);
  await waitFor(() => hlf.requests.some(({ fault }) => fault === 'delay'));
  await crashServer();
  await dispatcher.logged('record.failed', (line) => line['run_id'] === runId);
  t.ok(
    hlf.requests.some((one) => hlf.carriesLines(one)),
    'what was started is sent, for the start can not be lost',
  );
  server = await start();
  t.match(await world.run(runId), { state: 'sending', attempt_no: 1 }, 'it is there again');
  await checkBooks(t, world, runs);
  t.same(story(await world.trail(runId)), ['attempt accepted'], 'and its answer was kept');
  dispatcher.kill('SIGTERM');
  await dispatcher.ended;
});

await t.test('a dispatcher waits while the server is away, and goes on', async (t) => {
  const runs: Runs = new Map();
  const dispatcher = await startDispatcher(t, withSettings({}));
  await server.stop();
  await waitFor(() => dispatcher.log.filter(({ event }) => event === 'poll.failed').length >= 3, {
    what: 'three polls without a server',
  });
  server = await start();
  for (const organisation of [hlf, blindeforbundet]) {
    await requestClaims(world, runs, organisation, 2);
  }
  await checkBooks(t, world, runs);
  const listeners = `select 1 from pg_stat_activity
    where datname = $1 and application_name = 'accounting-export listener'`;
  await waitFor(
    async () => (await world.database.pool.query(listeners, [world.database.name])).rowCount,
    { what: 'the listener to be back' },
  );
  dispatcher.kill('SIGTERM');
  t.same(await dispatcher.ended, { code: null, signal: 'SIGTERM' });
});

await t.test('without the server for too long it ends itself, and not with success', async (t) => {
  const dispatcher = await startDispatcher(t, withSettings({ DATABASE_GIVE_UP_MS: '1000' }));
  await server.stop();
  t.same(await dispatcher.ended, { code: 1, signal: null }, 'for whoever starts it again');
  t.match(dispatcher.stderr(), /database could not be asked/);
  server = await start();
});

t.end();
