/**
 * A dispatcher dies between any two of its steps, and another one goes on: which trail that leaves,
 * and that each claim is in the books once.
 */
import t, { type Test } from 'tap';

import { waitForAll } from './support/books.ts';
import type { CrashPoint } from './support/crash-at.ts';
import { spawnDispatcher, startDispatcher } from './support/dispatcher-process.ts';
import { allowManyLeases, startTwoOrganisations, story } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

/** Long leases, which the tests end when they want to: so no run is swept by the next to die. */
const timings = {
  lease_ms: 600_000,
  send_timeout_ms: 30_000,
  remote_max_ms: 600,
  quarantine_ms: 1000,
  max_concurrency: 50,
};

/** What the trail tells in the end. `absent`: of one question or more. */
const stories = {
  'sent once': ['attempt accepted'],
  'absent, sent again': ['attempt unknown', 'reconciliation absent', 'attempt accepted'],
  found: ['attempt unknown', 'reconciliation found'],
} as const;

interface Crash {
  /** Where the first dispatcher dies, and the second. */
  readonly at: readonly CrashPoint[];
  /** What the last of them leaves. */
  readonly state: string;
  readonly isLeased: boolean;
  /** Times that each claim is in the books then. */
  readonly effects: 0 | 1;
  readonly then: keyof typeof stories;
}

const crashes: Readonly<Record<string, Crash>> = {
  'once it has leased a run': {
    at: ['after lease_runs'],
    state: 'queued',
    isLeased: true,
    effects: 0,
    then: 'sent once',
  },
  'before it starts an attempt': {
    at: ['before start_attempt'],
    state: 'queued',
    isLeased: true,
    effects: 0,
    then: 'sent once',
  },
  'once the start is committed': {
    at: ['after start_attempt'],
    state: 'sending',
    isLeased: true,
    effects: 0,
    then: 'absent, sent again',
  },
  'once it is connected': {
    at: ['connected'],
    state: 'sending',
    isLeased: true,
    effects: 0,
    then: 'absent, sent again',
  },
  'before it writes the lines': {
    at: ['lines begun'],
    state: 'sending',
    isLeased: true,
    effects: 0,
    then: 'absent, sent again',
  },
  'with half of the lines written': {
    at: ['lines halved'],
    state: 'sending',
    isLeased: true,
    effects: 0,
    then: 'absent, sent again',
  },
  'with all lines written': {
    at: ['lines written'],
    state: 'sending',
    isLeased: true,
    effects: 1,
    then: 'found',
  },
  'when the answer arrives': {
    at: ['lines answered'],
    state: 'sending',
    isLeased: true,
    effects: 1,
    then: 'found',
  },
  'before it records the answer': {
    at: ['before record_results'],
    state: 'sending',
    isLeased: true,
    effects: 1,
    then: 'found',
  },
  'once the answer is recorded': {
    at: ['after record_results'],
    state: 'exported',
    isLeased: false,
    effects: 1,
    then: 'sent once',
  },
  'when it begins to ask, after another died': {
    at: ['lines written', 'after start_question'],
    state: 'reconciling',
    isLeased: true,
    effects: 1,
    then: 'found',
  },
  'before it records that nothing was found, after another died': {
    at: ['lines halved', 'before record_results'],
    state: 'reconciling',
    isLeased: true,
    effects: 0,
    then: 'absent, sent again',
  },
  // Leaves its run to whoever comes next: so it is the last.
  'before it leases anything': {
    at: ['before lease_runs'],
    state: 'queued',
    isLeased: false,
    effects: 0,
    then: 'sent once',
  },
};

t.jobs = 2;

for (const system of ['business_central', 'xledger'] as const) {
  void t.test(`killed anywhere with ${system}, what it carried is carried on`, async (t) => {
    const world = await startTwoOrganisations(t, timings);
    await allowManyLeases(world);
    const organisation = system === 'xledger' ? world.blindeforbundet : world.hlf;
    const { pool } = world.database;
    const effects = async (runId: string): Promise<number[]> => {
      const { rows } = await pool.query<{ reference: string }>(
        'select reference from accounting.claim_reservations where run_id = $1',
        [runId],
      );
      return rows.map(({ reference }) => organisation.effects(reference));
    };
    const lapse = (runId: string): Promise<unknown> =>
      pool.query(
        `update accounting.export_requests set lease_expires_at = clock_timestamp()
          where run_id = $1 and lease_id is not null`,
        [runId],
      );
    const quarantine = async (runId: string): Promise<number> => {
      const { rows } = await pool.query<{ ms: number }>(
        `select extract(epoch from quarantine_until)::float8 * 1000 as ms
           from accounting.export_requests where run_id = $1`,
        [runId],
      );
      return rows[0]?.ms ?? 0;
    };

    const runs = new Map<string, { crash: Crash; runId: string; quarantineUntil: number }>();
    for (const [name, crash] of Object.entries(crashes)) {
      // What happens ahead of the first byte is the same whatever the system: once will do.
      if (crash.then === 'sent once' && crash.effects === 0 && system === 'xledger') continue;
      const runId = await world.request(organisation, await world.putClaims(organisation, 2));
      const [first, ...others] = crash.at;
      await die(t, first);
      for (const point of others) {
        await lapse(runId);
        await pool.query('select accounting.sweep()');
        await die(t, point);
      }
      const left = await world.run(runId);
      t.match(left, { state: crash.state }, `killed ${name}`);
      t.equal(left.lease_id !== null, crash.isLeased, 'its lease outlives it');
      const wanted = [crash.effects, crash.effects];
      // What was sent whole is booked after its sender died.
      await waitFor(async () => (await effects(runId)).join() === wanted.join(), {
        what: `the books after a kill ${name}`,
      });
      runs.set(name, { crash, runId, quarantineUntil: await quarantine(runId) });
    }

    async function die(t: Test, point: CrashPoint | undefined): Promise<void> {
      const dispatcher = spawnDispatcher(t, {
        environment: { ...world.environment, DISPATCHER_NAME: 'killed', CRASH_AT: point ?? '' },
        preload: ['crash-at.ts'],
      });
      t.same(await dispatcher.ended, { code: null, signal: 'SIGKILL' });
    }

    for (const { runId } of runs.values()) await lapse(runId);
    await startDispatcher(t, {
      environment: { ...world.environment, DISPATCHER_NAME: 'survivor' },
    });
    await waitForAll(world);
    for (const [name, { crash, runId, quarantineUntil }] of runs) {
      const trail = await world.trail(runId);
      t.same(withoutRepeats(story(trail)), stories[crash.then], `killed ${name}: the trail`);
      t.same(await effects(runId), [1, 1], 'each claim is in the books once');
      t.match(await world.run(runId), { state: 'exported', lease_id: null });
      t.same(
        trail.filter(({ outcome }) => outcome === 'unknown').map(({ actor }) => actor),
        crash.then === 'sent once' ? [] : ['sweep'],
        'the sweep tells of an attempt that had started, and of no other',
      );
      t.equal(
        trail.some(({ actor }) => actor === 'survivor'),
        crash.state !== 'exported',
        'what was recorded is not touched again',
      );
      if (crash.at.length > 1) {
        t.ok((await quarantine(runId)) >= quarantineUntil, 'asking shortens no quarantine');
      }
    }
  });
}

/** A trail's story, each row that repeats the one before left out. */
function withoutRepeats(told: readonly string[]): string[] {
  return told.filter((one, index) => one !== told[index - 1]);
}

t.end();
