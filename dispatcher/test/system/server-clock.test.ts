/**
 * The server's clock is stepped while work is under way. All times are the database's, so a step
 * shortens or lengthens every wait; whatever it does, nothing is lost and nothing booked twice.
 */
import t, { type Test } from 'tap';

import type { FaultInput } from '../../../sandbox/faults.ts';
import { checkBooks, requestClaims, type Runs } from '../support/books.ts';
import { startDispatcher, type DispatcherProcess } from '../support/dispatcher-process.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { createSystemDatabase } from '../support/system-database.ts';
import { SystemPostgres } from '../support/system-postgres.ts';
import {
  startTwoOrganisations,
  story,
  type Organisation,
  type TwoOrganisations,
} from '../support/two-organisations.ts';
import { waitFor } from '../support/wait-for.ts';

/** A request that carries lines, by the system that it goes to. */
const onLines: Readonly<Record<Organisation['system'], Partial<FaultInput>>> = {
  business_central: { path: '\\$batch$' },
  xledger: { operation: '^addGLImportItems$' },
};

/** Long enough for a step, and for whoever notices it, to come while lines are held up. */
const unhurried = {
  lease_ms: 5000,
  send_timeout_ms: 4000,
  remote_max_ms: 2500,
  quarantine_ms: 3000,
};

interface World extends TwoOrganisations {
  readonly clock: FakeClock;
  /** Two of them, for one must end what the other holds. */
  readonly dispatchers: readonly DispatcherProcess[];
}

async function startWorld(t: Test, timings: Readonly<Record<string, number>> = {}): Promise<World> {
  const server = await SystemPostgres.create(t);
  const clock = await createFakeClock(server.directory);
  await server.start({ environment: clock.environment });
  const database = await createSystemDatabase(t, server);
  const world = await startTwoOrganisations(t, timings, database);
  const environment = { ...world.environment, POLL_INTERVAL_MS: '100' };
  const dispatchers = await Promise.all([1, 2].map(() => startDispatcher(t, { environment })));
  return { ...world, clock, dispatchers };
}

/** Asks for an export whose lines are held up, and waits until they are under way. */
async function requestHeldUp(
  world: World,
  runs: Runs,
  organisation: Organisation,
  fault: FaultInput,
): Promise<string> {
  organisation.faults.add({ ...onLines[organisation.system], ...fault });
  const seen = organisation.requests.length;
  const runId = await requestClaims(world, runs, organisation, 2);
  await waitFor(() => organisation.requests.slice(seen).some((one) => one.fault === fault.kind), {
    what: 'the lines to be under way',
  });
  return runId;
}

/** Asked about, and not sent again. Business Central may be: there the same run collides. */
function checkSentOnce(t: Test, organisation: Organisation): void {
  const sent = organisation.requests.filter((one) => organisation.carriesLines(one));
  t.equal(sent.length, 1, `${organisation.system} was asked, and sent nothing again`);
}

/** Nothing that a dispatcher was told surprised it: no refused constraint, no failed sweep. */
function checkLogs(t: Test, { dispatchers }: World): void {
  const errors = dispatchers.flatMap(({ log }) => log.filter(({ level }) => level === 'error'));
  t.same(errors, [], 'no dispatcher met an error');
}

/** Every time in which something is due can be waited for. */
async function checkWaits(t: Test, world: World): Promise<void> {
  const { rows } = await world.database.pool.query<{ wait: number | null }>(
    'select accounting.next_wake_up_ms() as wait',
  );
  t.ok((rows[0]?.wait ?? 0) >= 0, 'no wait is negative');
}

void t.test('an hour ahead while runs are sending: in doubt early, never sent twice', async (t) => {
  const world = await startWorld(t, unhurried);
  const runs: Runs = new Map();
  const runIds: string[] = [];
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    // Booked well after the step, and well within what the quarantine allows for.
    runIds.push(await requestHeldUp(world, runs, organisation, { kind: 'delay', delay_ms: 2000 }));
  }
  await world.clock.step('+1h');
  await checkBooks(t, world, runs);
  for (const runId of runIds) {
    const [first] = await world.trail(runId);
    t.match(first, { outcome: 'unknown', actor: 'sweep' }, 'its lease was over at once');
  }
  checkSentOnce(t, world.blindeforbundet);
  await requestClaims(world, runs, world.hlf, 1);
  await checkBooks(t, world, runs);
  await checkWaits(t, world);
  checkLogs(t, world);
});

void t.test('an hour ahead in the quarantine: half of it still lies between', async (t) => {
  const world = await startWorld(t, { ...unhurried, quarantine_ms: 5200 });
  const runs: Runs = new Map();
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    // As late as the system may: just within half a quarantine.
    const late = { kind: 'apply_late', delay_ms: 2400 } as const;
    const runId = await requestHeldUp(world, runs, organisation, late);
    await world.runIs(runId, ['in_doubt', 'reconciling']);
  }
  await world.clock.step('+1h');
  await checkBooks(t, world, runs);
  checkSentOnce(t, world.blindeforbundet);
  checkLogs(t, world);
});

void t.test('two hours back: what waits waits longer, the rest goes on', async (t) => {
  // The question comes seconds after the doubt, so that the step falls in between.
  const world = await startWorld(t, { ...unhurried, base_delay_ms: 6000, max_delay_ms: 6000 });
  const runs: Runs = new Map();
  const waiting: string[] = [];
  const sending: string[] = [];
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    const delay = { kind: 'delay', delay_ms: 1000 } as const;
    sending.push(await requestHeldUp(world, runs, organisation, delay));
    const runId = await requestHeldUp(world, runs, organisation, { kind: 'drop_after' });
    await world.runIs(runId, ['in_doubt']);
    waiting.push(runId);
  }
  await world.clock.step('-2h');
  for (const runId of sending) await world.runIs(runId, ['exported']);
  await checkWaits(t, world);

  for (const organisation of [world.hlf, world.blindeforbundet]) {
    await world.runIs(await requestClaims(world, runs, organisation, 2), ['exported']);
  }
  t.pass('what was under way is finished, what is asked for after the step is exported');
  for (const runId of waiting) {
    t.equal((await world.run(runId)).state, 'in_doubt', 'what waited waits on');
  }
  await world.clock.step('+0');
  await checkBooks(t, world, runs);
  for (const runId of waiting) {
    t.same(story(await world.trail(runId)), ['attempt unknown', 'reconciliation found']);
  }
  checkLogs(t, world);
});

void t.test('two hours back while a dispatcher dies: its run waits, and is not lost', async (t) => {
  const world = await startWorld(t, unhurried);
  const runs: Runs = new Map();
  const runIds: string[] = [];
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    runIds.push(await requestHeldUp(world, runs, organisation, { kind: 'delay', delay_ms: 3000 }));
  }
  await world.clock.step('-2h');
  for (const dispatcher of world.dispatchers) dispatcher.kill('SIGKILL');
  for (const dispatcher of world.dispatchers) await dispatcher.ended;
  const next = await startDispatcher(t, world);
  const other = await requestClaims(world, runs, world.hlf, 1);
  await world.runIs(other, ['exported']);
  for (const runId of runIds) {
    t.equal((await world.run(runId)).state, 'sending', 'nobody touches a lease that holds');
  }
  await world.clock.step('+0');
  await checkBooks(t, world, runs);
  t.same(
    next.log.filter(({ level }) => level === 'error'),
    [],
  );
});

t.end();
