/** Several dispatchers, at once and one after the other, and one that hangs. */
import t from 'tap';

import { checkBooks, requestClaims, type Runs } from './support/books.ts';
import { spawnDispatcher, startDispatcher } from './support/dispatcher-process.ts';
import { startTwoOrganisations, type TwoOrganisations } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

// Most of the time is waiting for leases: so side by side.
t.jobs = 2;

const named = (world: TwoOrganisations, name: string) => ({
  environment: { ...world.environment, DISPATCHER_NAME: name },
});

void t.test('of two dispatchers one is killed, and the other goes on', async (t) => {
  const world = await startTwoOrganisations(t);
  const { pool } = world.database;
  const runs: Runs = new Map();
  const [one] = await Promise.all([
    startDispatcher(t, named(world, 'one')),
    startDispatcher(t, named(world, 'two')),
  ]);
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    organisation.faults.add({ kind: 'delay', delay_ms: 100, times: 60 });
  }
  // More and more work, until both carry some: who gets a run is up to chance.
  const busy = async (): Promise<string[]> => {
    const { rows } = await pool.query<{ leased_by: string }>(
      `select distinct leased_by from accounting.export_requests where state = 'sending'`,
    );
    return rows.map(({ leased_by }) => leased_by).sort();
  };
  await waitFor(
    async () => {
      for (const organisation of [world.hlf, world.blindeforbundet]) {
        await requestClaims(world, runs, organisation, 2);
      }
      return (await busy()).join() === 'one,two';
    },
    { what: 'both to carry runs' },
  );
  one.kill('SIGKILL');
  await one.ended;
  const left = await pool.query<{ run_id: string }>(
    `select run_id from accounting.export_requests
      where state = 'sending' and leased_by = 'one' order by run_id`,
  );
  await checkBooks(t, world, runs);
  const swept = await pool.query<{ run_id: string }>(
    `select run_id from accounting.export_runs
      where actor = 'sweep' and outcome = 'unknown' order by run_id`,
  );
  t.same(swept.rows, left.rows, 'what the killed one had under way is in the trail as unknown');
});

void t.test(
  'killed one after the other at any request, they lose and double nothing',
  async (t) => {
    const seed = Number(process.env['SEED'] ?? 20_260_303);
    t.comment(`SEED=${seed}`);
    const world = await startTwoOrganisations(t);
    const runs: Runs = new Map();
    for (const organisation of [world.hlf, world.blindeforbundet]) {
      organisation.faults.add({ kind: 'delay', delay_ms: 50, times: 200 });
      for (let i = 0; i < 4; i += 1) await requestClaims(world, runs, organisation, 2);
    }
    const arrived = () => world.hlf.requests.length + world.blindeforbundet.requests.length;
    // Numbers that walk through all places of an attempt's eight requests.
    let more = seed % 11;
    for (let kill = 0; kill < 3; kill += 1) {
      more = (more * 5 + 3) % 23;
      const [before, wanted] = [arrived(), more];
      const dispatcher = spawnDispatcher(t, world);
      await waitFor(() => arrived() > before + wanted, {
        timeoutMs: 20_000,
        what: `${wanted} requests more`,
      });
      dispatcher.kill('SIGKILL');
      await dispatcher.ended;
    }
    await startDispatcher(t, world);
    await checkBooks(t, world, runs);
  },
);

for (const system of ['business_central', 'xledger'] as const) {
  void t.test(`one that hung past its lease does not send any more (${system})`, async (t) => {
    const world = await startTwoOrganisations(t, {
      lease_ms: 2000,
      send_timeout_ms: 1000,
      remote_max_ms: 600,
      quarantine_ms: 1000,
    });
    const organisation = system === 'xledger' ? world.blindeforbundet : world.hlf;
    const runs: Runs = new Map();
    const hung = await startDispatcher(t, named(world, 'hung'));
    // What comes before the lines is held up.
    organisation.faults.add(
      system === 'xledger'
        ? { kind: 'delay', delay_ms: 450, operation: '^journalEntries$' }
        : { kind: 'delay', delay_ms: 450, path: '/token$' },
    );
    const runId = await requestClaims(world, runs, organisation, 2);
    await waitFor(() => organisation.requests.some(({ fault }) => fault === 'delay'));
    hung.kill('SIGSTOP');
    await startDispatcher(t, named(world, 'other'));
    await checkBooks(t, world, runs);
    const sent = () => organisation.requests.filter((one) => organisation.carriesLines(one)).length;
    const before = sent();
    hung.kill('SIGCONT');
    await hung.logged('attempt.recorded', ({ run_id }) => run_id === runId);
    t.equal(sent(), before, 'awake again, it sends no lines');
    t.match(
      (await world.trail(runId)).filter(({ actor }) => actor === 'hung'),
      [{ kind: 'attempt', attempt_no: 1, is_late: true }],
      'and what it has to tell is recorded as late',
    );
    await checkBooks(t, world, runs);
  });
}

t.end();
