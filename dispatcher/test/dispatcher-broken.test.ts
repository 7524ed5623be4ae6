/** Dispatchers that break, hang or meet what they don't know: what they carried goes on elsewhere. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import t from 'tap';

import { checkBooks, requestClaims, type Runs } from './support/books.ts';
import type { CrashKind, CrashPoint } from './support/crash-at.ts';
import { spawnDispatcher, startDispatcher } from './support/dispatcher-process.ts';
import {
  startTwoOrganisations,
  story,
  type TwoOrganisations,
} from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

const timings = {
  lease_ms: 3000,
  send_timeout_ms: 2000,
  remote_max_ms: 600,
  quarantine_ms: 1000,
  base_delay_ms: 50,
  max_concurrency: 20,
};

// Most of the time is waiting for leases: so side by side.
t.jobs = 2;

interface Fault {
  readonly at: CrashPoint;
  readonly by: CrashKind;
  readonly settings?: Readonly<Record<string, string>>;
}

const breaking = (world: TwoOrganisations, { at, by, settings }: Fault) => ({
  environment: {
    ...world.environment,
    DISPATCHER_NAME: 'broken',
    CRASH_AT: at,
    CRASH_BY: by,
    ...settings,
  },
  preload: ['crash-at.ts'],
});

const sentLines = ({ hlf }: TwoOrganisations): number =>
  hlf.requests.filter((one) => hlf.carriesLines(one)).length;

void t.test('an error that nobody catches ends the process, and not with success', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const runs: Runs = new Map();
  const faults: Readonly<Record<string, Fault>> = {
    'an exception': { at: 'lines answered', by: 'throw' },
    'a rejection': { at: 'after start_attempt', by: 'reject' },
    'the heap used up': {
      at: 'lines written',
      by: 'memory',
      settings: { NODE_OPTIONS: '--max-old-space-size=80' },
    },
  };
  for (const [name, fault] of Object.entries(faults)) {
    await requestClaims(world, runs, world.hlf, 2);
    const { code, signal } = await spawnDispatcher(t, breaking(world, fault)).ended;
    t.ok(code === 1 || signal === 'SIGABRT', `${name}: code ${code}, signal ${signal}`);
  }
  await startDispatcher(t, world);
  await checkBooks(t, world, runs);
});

void t.test('one whose event loop stood still past its lease does not send', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const runs: Runs = new Map();
  const runId = await requestClaims(world, runs, world.hlf, 2);
  const until = join(t.testdir(), 'go-on');
  const stalled = spawnDispatcher(
    t,
    breaking(world, {
      at: 'after start_attempt',
      by: 'stall',
      settings: { CRASH_UNTIL: until },
    }),
  );
  await world.runIs(runId, ['sending']);
  await startDispatcher(t, world);
  await checkBooks(t, world, runs);
  const before = sentLines(world);
  await writeFile(until, '');
  await stalled.logged('attempt.recorded', ({ run_id }) => run_id === runId);
  t.equal(sentLines(world), before, 'it sends no lines when it goes on');
  t.match(
    (await world.trail(runId)).filter(({ actor }) => actor === 'broken'),
    [{ kind: 'attempt', outcome: 'not_applied', attempt_no: 1, is_late: true }],
    'and what it tells is late',
  );
  await checkBooks(t, world, runs);
});

for (const how of ['stopped', 'stalled'] as const) {
  void t.test(`one ${how} past its lease while it is answered tells it late`, async (t) => {
    const world = await startTwoOrganisations(t, timings);
    const { hlf } = world;
    const runs: Runs = new Map();
    const until = join(t.testdir(), 'go-on');
    const hung = await startDispatcher(
      t,
      how === 'stopped'
        ? { environment: { ...world.environment, DISPATCHER_NAME: 'broken' } }
        : breaking(world, { at: 'lines answered', by: 'stall', settings: { CRASH_UNTIL: until } }),
    );
    hlf.faults.add({ kind: 'delay', delay_ms: 450, path: '\\$batch$' });
    const runId = await requestClaims(world, runs, hlf, 2);
    await waitFor(() => hlf.requests.some(({ fault }) => fault === 'delay'));
    if (how === 'stopped') hung.kill('SIGSTOP');
    await startDispatcher(t, world);
    await checkBooks(t, world, runs);
    t.same(
      story(await world.trail(runId)),
      ['attempt unknown', 'reconciliation found'],
      'the other one found what was booked',
    );
    const before = sentLines(world);
    await writeFile(until, '');
    hung.kill('SIGCONT');
    await hung.logged('attempt.recorded', ({ run_id }) => run_id === runId);
    const late = (await world.trail(runId)).filter(({ actor }) => actor === 'broken');
    t.match(late, [{ kind: 'attempt', attempt_no: 1, is_late: true }], 'kept as evidence');
    t.equal(sentLines(world), before, 'nothing is sent twice');
    await checkBooks(t, world, runs);
  });
}

void t.test('a payload that kills every dispatcher is put before a person', async (t) => {
  const maxAttempts = 2;
  const world = await startTwoOrganisations(t, { ...timings, max_attempts: maxAttempts });
  const claims = await world.putClaims(world.hlf, 1);
  const reference = claims[0]?.reference ?? '';
  const runId = await world.request(world.hlf, claims);
  const isReviewed = async () => (await world.run(runId)).state === 'needs_review';
  let deaths = 0;
  for (;;) {
    // As whatever restarts processes would, for as long as it takes.
    const dispatcher = spawnDispatcher(
      t,
      breaking(world, {
        at: 'lines halved',
        by: 'kill',
        settings: { CRASH_REFERENCE: reference },
      }),
    );
    let isDead = false;
    void dispatcher.ended.then(() => (isDead = true));
    await waitFor(async () => isDead || (await isReviewed()), {
      timeoutMs: 30_000,
      what: 'a death, or a review',
    });
    if (!isDead) break;
    deaths += 1;
    t.equal(sentLines(world), 0, 'half of the lines are no request');
  }
  t.equal(deaths, maxAttempts, 'after as many deaths as attempts');
  t.equal(world.hlf.effects(reference), 0);
  const { rows } = await world.database.pool.query(
    'select kind from api.export_attention where run_id = $1',
    [runId],
  );
  t.same(rows, [{ kind: 'needs_review' }], 'it is told where people look');

  const other = await world.request(world.hlf, await world.putClaims(world.hlf, 1));
  await world.runIs(other, ['exported']);
  t.match(await world.run(runId), { state: 'needs_review', attempt_no: maxAttempts });
});

void t.test('what a newer version put there, an older one leaves alone', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const { pool } = world.database;
  await pool.query(`
    alter table accounting.export_requests drop constraint state_is_known;
    alter table accounting.export_requests drop constraint waiting_has_a_time`);
  const unknown = await world.request(world.hlf, await world.putClaims(world.hlf, 1));
  await pool.query(
    `update accounting.export_requests set state = 'from_the_future' where run_id = $1`,
    [unknown],
  );
  // Only now: one that ran before could have leased the run while its state was still known.
  const dispatcher = await startDispatcher(t, world);
  const known = await world.request(world.hlf, await world.putClaims(world.hlf, 1));
  await world.runIs(known, ['exported']);
  t.match(await world.run(unknown), { state: 'from_the_future', attempt_no: 0, lease_id: null });
  t.same(
    dispatcher.log.filter(({ level }) => level === 'error'),
    [],
    'and works on without a complaint',
  );
});

t.end();
