/** Ten dispatchers that are woken by the same notification. */
import t from 'tap';

import { AccountingIntegrationClient } from '../accounting-integration-client.ts';
import { createAdapters } from '../adapters/index.ts';
import { readConfig } from '../config.ts';
import { readCredential } from '../credentials.ts';
import { Dispatcher } from '../dispatcher.ts';
import { startListener } from '../listener.ts';
import type { Log } from '../log.ts';
import { Queue } from '../queue.ts';
import { startTwoOrganisations, story } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

const world = await startTwoOrganisations(t);
const config = readConfig({ ...world.environment, POLL_INTERVAL_MS: '600000' });
const troubles: unknown[] = [];
const log: Log = (level, event, fields) => {
  // The switch for the sandbox is loud, and no trouble.
  if (event === 'address.unchecked') return;
  if (level === 'warn' || level === 'error') troubles.push({ event, ...fields });
};
const hints = new Map<string, number>();

/** Wired as main.ts does it, but in this process: ten processes would take seconds to start. */
async function start(name: string): Promise<{ stop(): Promise<void> }> {
  const stopping = new AbortController();
  const queue = new Queue(config.databaseUrl, {
    poolSize: 3,
    onError: (error) => troubles.push(error),
  });
  const named = { ...config, name };
  const client = new AccountingIntegrationClient({
    queue,
    adapters: createAdapters(),
    credentialFor: (ref) => readCredential(ref, world.environment),
    config: named,
    log,
  });
  const dispatcher = new Dispatcher({ queue, client, config: named, log });
  const onHint = (): void => {
    hints.set(name, (hints.get(name) ?? 0) + 1);
    dispatcher.wake();
  };
  const listener = await startListener(config.databaseUrl, onHint, log);
  const ended = dispatcher.run(stopping.signal).finally(async () => {
    await listener.close();
    await queue.close();
  });
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

await t.test('one of ten sends a run, once, and none complains', async (t) => {
  const names = Array.from({ length: 10 }, (_, number) => `dispatcher-${number}`);
  const working = await Promise.all(names.map(start));
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    const before = new Map(hints);
    const claims = await world.putClaims(organisation, 2);
    const runId = await world.request(organisation, claims);
    await world.runIs(runId, ['exported']);
    await waitFor(() => names.every((name) => (hints.get(name) ?? 0) > (before.get(name) ?? 0)), {
      what: 'all ten to have been woken',
    });
    t.same(story(await world.trail(runId)), ['attempt accepted']);
    t.match(await world.run(runId), { attempt_no: 1 });
    t.same(
      claims.map(({ reference }) => organisation.effects(reference)),
      [1, 1],
    );
  }
  await Promise.all(working.map((dispatcher) => dispatcher.stop()));
  t.same(troubles, []);
});

t.end();
