/**
 * `npm run bench -- recovery [rounds]`: how long after a kill -9 of one of two dispatchers
 * its run is moving again, against the lease; an embedded Postgres of its own. Default: 10 rounds.
 * Exits with 1 if a run took longer than the lease and two seconds, or is not in the books once.
 */
import { performance } from 'node:perf_hooks';

import { startDispatcher } from '../dispatcher/test/support/dispatcher-process.ts';
import {
  SHORT_TIMINGS,
  startTwoOrganisations,
} from '../dispatcher/test/support/two-organisations.ts';
import { waitFor } from '../dispatcher/test/support/wait-for.ts';
import { createTeardown } from './teardown.ts';

const rounds = Number(process.argv[2] ?? 10);
const { lease_ms: leaseMs } = SHORT_TIMINGS;

const t = createTeardown();
try {
  const world = await startTwoOrganisations(t);
  const { hlf } = world;
  const start = (name: string) =>
    startDispatcher(t, { environment: { ...world.environment, DISPATCHER_NAME: name } });
  let carriers = new Map([
    ['one', await start('one')],
    ['two', await start('two')],
  ]);
  const took: number[] = [];
  let doubled = 0;
  for (let round = 1; round <= rounds; round += 1) {
    hlf.faults.clear();
    hlf.faults.add({ kind: 'delay', delay_ms: 450, path: '\\$batch$' });
    const seen = hlf.requests.length;
    const claims = await world.putClaims(hlf, 2);
    const runId = await world.request(hlf, claims);
    await waitFor(() => hlf.requests.slice(seen).some(({ fault }) => fault === 'delay'), {
      what: 'the lines to be under way',
    });
    const name = (await world.run(runId)).leased_by ?? '';
    const carrier = carriers.get(name);
    if (carrier === undefined) throw new Error(`nobody is called ${name}`);
    const killed = performance.now();
    carrier.kill('SIGKILL');
    await waitFor(async () => (await world.run(runId)).state !== 'sending', {
      timeoutMs: leaseMs + 30_000,
      what: 'the run to move',
    });
    took.push(performance.now() - killed);
    await world.runIs(runId, ['exported'], { timeoutMs: 30_000 });
    doubled += claims.filter(({ reference }) => hlf.effects(reference) !== 1).length;
    const next = `${name}-${round}`;
    carriers = new Map([...carriers].filter(([one]) => one !== name));
    carriers.set(next, await start(next));
  }
  took.sort((a, b) => a - b);
  const [median = 0, most = 0] = [took[Math.floor(took.length / 2)], took.at(-1)];
  console.log(
    `${rounds} kills, lease ${leaseMs} ms: moving again after ${Math.round(median)} ms (median), ` +
      `${Math.round(most)} ms (longest); ${doubled} claims not in the books once`,
  );
  if (most > leaseMs + 2000 || doubled > 0) process.exitCode = 1;
} finally {
  await t.close();
}
