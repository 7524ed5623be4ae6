/** What the app does: claims and requests; and time, which passes. */
import { check } from './check.ts';
import type { Database } from './database.ts';
import { expectCode } from './dispatcher-steps.ts';
import { isEnded, pending } from './rules.ts';
import { claimId, key, numberOf, organisationId, type World } from './world.ts';

export async function pass(world: World, database: Database, ms: number): Promise<void> {
  world.now += ms;
  await check(world, database, `${ms / 1000} s pass`);
}

export async function put(
  world: World,
  database: Database,
  organisation: number,
  no: number,
): Promise<void> {
  const step = `put claim ${no} of ${organisation}`;
  const told = await database.step(world.now, 'select tests.put_claim($1, $2::integer)', [
    organisationId(organisation),
    no,
  ]);
  expectCode(world, told, null, step);
  const at = key(organisation, no);
  if (!world.known.has(at)) world.known.set(at, world.now);
  await check(world, database, step);
}

/** What the guard says of a claim. */
function verdictOf(world: World, organisation: number, no: number): string {
  const at = key(organisation, no);
  if (!world.known.has(at)) return 'unknown';
  if ((world.booked.get(at)?.size ?? 0) > 0) return 'already_exported';
  const isHeld = world.runs.some(
    (run) => run.organisation === organisation && pending(run).some((claim) => claim.no === no),
  );
  if (isHeld) return 'in_flight';
  return world.flagged.has(at) ? 'flagged' : 'exportable';
}

export async function request(
  world: World,
  database: Database,
  organisation: number,
  claims: readonly number[],
): Promise<void> {
  const asked = [...claims].sort().join();
  const step = `request ${asked} of ${organisation}`;
  const same = world.runs.find(
    (run) => run.organisation === organisation && run.asked === asked && !isEnded(run),
  );
  const told = await database.step(
    world.now,
    `select r.run_id, r.state, r.batch_key
     from accounting.request_export($1, $2::uuid[], 'app-1') as r`,
    [organisationId(organisation), claims.map(claimId)],
  );
  expectCode(world, told, null, step);
  const runId = String(told.rows[0]?.['run_id']);
  if (same !== undefined) {
    if (same.runId !== runId) {
      expectCode(world, { ...told, code: `run ${runId}` }, `run ${same.runId}`, step);
    }
    return check(world, database, `${step}: run ${numberOf(runId)} again`);
  }
  const facts = claims.map((no) => ({
    no,
    verdict: verdictOf(world, organisation, no),
    outcome: null,
    failure: null,
    toldIn: 0,
    isDelivered: false,
    isReleased: false,
    isDoubted: false,
    isProved: false,
    absentAt: null,
  }));
  const isSkipped = facts.every(({ verdict }) => verdict !== 'exportable');
  world.runs.push({
    runId,
    organisation,
    batchKey: String(told.rows[0]?.['batch_key']),
    asked,
    state: isSkipped ? 'skipped' : 'queued',
    attemptNo: 0,
    charged: 0,
    leaseId: null,
    leaseEndsAt: null,
    nextAt: null,
    askAt: null,
    quarantineUntil: null,
    questions: 0,
    questionAt: null,
    isReview: false,
    isAbandoned: false,
    claims: facts.sort((a, b) => a.no - b.no),
    isLoose: false,
    endedAs: null,
  });
  await check(world, database, `${step}: run ${numberOf(runId)}`);
}
