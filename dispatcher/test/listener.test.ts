/** A connection for notifications that goes deaf: what is found without it, and that it comes back. */
import t from 'tap';

import { startListener } from '../listener.ts';
import { createTestDatabase } from './support/database.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { startTcpProxy } from './support/tcp-proxy.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

t.jobs = 2;

void t.test('a listener whose connection died without a word comes back', async (t) => {
  const database = await createTestDatabase(t);
  const proxy = await startTcpProxy(t, database.url);
  const events: string[] = [];
  let hints = 0;
  const listener = await startListener(
    proxy.url,
    () => (hints += 1),
    (_level, event) => void events.push(event),
    { checkIntervalMs: 300, answerTimeoutMs: 200 },
  );
  t.teardown(() => listener.close());
  const tell = async (what: string): Promise<void> => {
    const before = hints;
    await database.pool.query("select pg_notify('accounting_export', '')");
    await waitFor(() => hints > before, { what });
  };
  await tell('a hint while all is well');

  for (const round of [1, 2]) {
    const seen = events.length;
    await proxy.blackHole();
    await waitFor(
      () => events.slice(seen).filter((one) => one === 'listener.reconnecting').length > 1,
      { what: 'a second try at a connection that is never made' },
    );
    const [before, taken] = [hints, proxy.connections];
    proxy.open();
    await waitFor(() => hints > before && proxy.connections > taken, {
      what: `a look at the queue once it is back, round ${round}`,
    });
    await tell(`a hint once it is back, round ${round}`);
  }
  t.notOk(events.includes('listener.failed'));
});

void t.test('with a deaf listener the poll finds work', async (t) => {
  const world = await startTwoOrganisations(t);
  const proxy = await startTcpProxy(t, world.database.url);
  const dispatcher = await startDispatcher(t, {
    environment: { ...world.environment, DATABASE_URL: proxy.url, POLL_INTERVAL_MS: '200' },
  });
  void proxy.blackHole(/accounting-export listener/);
  const runId = await world.request(world.hlf, await world.putClaims(world.hlf, 1));
  await world.runIs(runId, ['exported']);
  t.same(
    dispatcher.log.filter(({ level }) => level === 'error'),
    [],
    'without a complaint',
  );
  dispatcher.kill('SIGTERM');
  t.same(await dispatcher.ended, { code: null, signal: 'SIGTERM' }, 'it holds up no ending');
});

t.end();
