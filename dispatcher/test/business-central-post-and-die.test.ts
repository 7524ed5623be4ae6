/** An organisation whose journals are posted: dispatchers die around the post, and it is refused. */
import t from 'tap';

import { waitForAll } from './support/books.ts';
import type { CrashPoint } from './support/crash-at.ts';
import { spawnDispatcher, startDispatcher } from './support/dispatcher-process.ts';
import {
  startTwoOrganisations,
  story,
  type TwoOrganisations,
} from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

t.jobs = 2;

async function startPosting(
  t: Parameters<typeof startTwoOrganisations>[0],
  timings: Readonly<Record<string, number>>,
): Promise<TwoOrganisations> {
  const world = await startTwoOrganisations(t, timings);
  const { settings } = world.addresses(
    world.hlf,
    Number(new URL(world.businessCentral.url).port),
  ) as { settings: object };
  await world.apply(world.hlf, { settings: { ...settings, post_journal: true } });
  return world;
}

const posts = ({ businessCentral }: TwoOrganisations) =>
  businessCentral.requests.filter(({ path }) => path.includes('Microsoft.NAV.post')).length;
/** How many entries the ledger has of a claim: two lines and what is owed. */
const posted = ({ businessCentral }: TwoOrganisations, reference: string) =>
  businessCentral.ledger()[0]?.entries.filter((entry) => entry.documentNumber === reference).length;

/** Where a dispatcher dies; what was posted by then; whether it is posted again. */
const deaths: readonly (readonly [CrashPoint, 0 | 3, number])[] = [
  ['post begun', 0, 1],
  ['post written', 3, 1],
  ['post answered', 3, 1],
  ['before record_results', 3, 1],
];

void t.test('killed around the post, a run is posted once and found', async (t) => {
  // Long leases, which the test ends: so no run is swept by the next to die.
  const world = await startPosting(t, {
    lease_ms: 600_000,
    send_timeout_ms: 30_000,
    remote_max_ms: 600,
    quarantine_ms: 1000,
    max_concurrency: 5,
  });
  const { pool } = world.database;
  const runs = new Map<CrashPoint, { runId: string; references: readonly string[] }>();
  let written = 0;
  for (const [point, entries, times] of deaths) {
    const claims = await world.putClaims(world.hlf, 2);
    const references = claims.map(({ reference }) => reference);
    const runId = await world.request(world.hlf, claims);
    const dispatcher = spawnDispatcher(t, {
      environment: { ...world.environment, DISPATCHER_NAME: 'killed', CRASH_AT: point },
      preload: ['crash-at.ts'],
    });
    t.same(await dispatcher.ended, { code: null, signal: 'SIGKILL' });
    t.match(await world.run(runId), { state: 'sending' }, `killed at ${point}`);
    // What was written whole is posted after its sender died.
    await waitFor(() => references.every((one) => posted(world, one) === entries), {
      timeoutMs: 60_000,
      what: `the ledger after a kill at ${point}`,
    });
    runs.set(point, { runId, references });
    written += times;
  }
  await pool.query(
    `update accounting.export_requests set lease_expires_at = clock_timestamp()
      where lease_id is not null`,
  );
  await startDispatcher(t, { environment: { ...world.environment, DISPATCHER_NAME: 'survivor' } });
  await waitForAll(world);
  for (const [point, { runId, references }] of runs) {
    t.match(await world.run(runId), { state: 'exported', attempt_no: 1 }, point);
    t.equal(story(await world.trail(runId)).at(-1), 'reconciliation found');
    for (const reference of references) {
      t.equal(world.hlf.effects(reference), 1, 'in the books once');
      t.equal(posted(world, reference), 3, 'and posted');
    }
  }
  t.equal(posts(world), written, 'no journal was posted twice');
});

void t.test('a refused post releases nothing, and is posted once a person saw to it', async (t) => {
  const world = await startPosting(t, { lease_ms: 31_000, send_timeout_ms: 30_000 });
  const message = 'Posting Date is not within your range of allowed posting dates';
  world.hlf.faults.add({
    kind: 'status',
    status: 400,
    times: 1000,
    path: 'Microsoft.NAV.post',
    body: { error: { code: 'Application_DialogException', message } },
  });
  await startDispatcher(t, world);
  const claims = await world.putClaims(world.hlf, 2);
  const runId = await world.request(world.hlf, claims);
  await world.runIs(runId, ['needs_review'], { timeoutMs: 60_000 });
  const trail = await world.trail(runId);
  t.match(trail[0], { kind: 'attempt', outcome: 'unknown', http_status: 400 });
  t.match(trail.at(-1), { kind: 'reconciliation', outcome: 'unclear' });
  t.match(trail.at(-1)?.error_message, /allowed posting dates/);
  t.equal(posts(world), 2, 'tried by the attempt, and once by a question');
  const { rows } = await world.database.pool.query(
    'select 1 from accounting.claim_reservations where run_id = $1 and released_at is null',
    [runId],
  );
  t.equal(rows.length, 2, 'nothing is released');

  world.hlf.faults.clear();
  await world.database.pool.query('select accounting.reconcile_run($1, $2)', [world.hlf.id, runId]);
  await world.runIs(runId, ['exported'], { timeoutMs: 60_000 });
  t.same(
    claims.map(({ reference }) => [world.hlf.effects(reference), posted(world, reference)]),
    claims.map(() => [1, 3]),
  );
});

t.end();
