/** A connection for notifications that goes deaf: what is found without it, and that it comes back. */
import t, { type Test } from 'tap';

import { startListener } from '../listener.ts';
import { createTestDatabase } from './support/database.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { startTcpProxy } from './support/tcp-proxy.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

t.jobs = 2;

/** Generous: a connection through the proxy takes its time on a machine that is busy. */
const answerTimeoutMs = 1_500;
const timeoutMs = 60_000;

async function startListening(t: Test, checkIntervalMs: number) {
  const database = await createTestDatabase(t);
  const proxy = await startTcpProxy(t, database.url);
  const events: string[] = [];
  const heard = { hints: 0 };
  const listener = await startListener(
    proxy.url,
    () => (heard.hints += 1),
    (_level, event) => void events.push(event),
    { checkIntervalMs, answerTimeoutMs },
  );
  t.teardown(() => listener.close());
  const tell = async (what: string): Promise<void> => {
    const before = heard.hints;
    await database.pool.query("select pg_notify('accounting_export', '')");
    await waitFor(() => heard.hints > before, { what, timeoutMs });
  };
  await tell('a hint while all is well');
  return { proxy, events, heard, tell };
}

void t.test('a listener whose connection died without a word comes back', async (t) => {
  const { proxy, events, heard, tell } = await startListening(t, 300);
  for (const round of [1, 2]) {
    const seen = events.length;
    await proxy.blackHole();
    await waitFor(
      () => events.slice(seen).filter((one) => one === 'listener.reconnecting').length > 1,
      { what: 'a second try at a connection that is never made', timeoutMs },
    );
    const before = heard.hints;
    proxy.open();
    await waitFor(() => heard.hints > before, {
      what: `a look at the queue once it is back, round ${round}`,
      timeoutMs,
    });
    await tell(`a hint once it is back, round ${round}`);
  }
  t.notOk(events.includes('listener.failed'));
});

void t.test('a listener whose LISTEN got no answer asks to listen again', async (t) => {
  const { proxy, events, heard, tell } = await startListening(t, 600_000);
  proxy.delayNext(/LISTEN/, answerTimeoutMs + 500);
  proxy.cutAll();
  await waitFor(() => events.includes('listener.failed'), { what: 'a lost answer', timeoutMs });
  const [before, connections] = [heard.hints, proxy.connections];
  await waitFor(() => heard.hints > before, { what: 'a look at the queue', timeoutMs });
  await tell('a hint after the second LISTEN');
  t.equal(proxy.connections, connections, 'on the connection that was fine');
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
