/** Dispatchers ask: about a run in doubt, one that has ended, or claims that no run holds. */
import { check } from './check.ts';
import type { Database } from './database.ts';
import { expectCode } from './dispatcher-steps.ts';
import { look } from './ledger.ts';
import { isBookedElsewhere, isEnded, pending, settle, toAskFor } from './rules.ts';
import {
  collides,
  numberOf,
  organisationId,
  runOf,
  timings,
  type Held,
  type World,
} from './world.ts';

/**
 * Asks what a ledger has, and keeps what it showed.
 *
 * @param lag how far behind the copy is that answers, in parts of half a quarantine.
 */
export async function ask(
  world: World,
  database: Database,
  held: Held,
  lag: number,
): Promise<void> {
  const run = held.runId === null ? null : runOf(world, held.runId);
  const name = run === null ? 'claims without a run' : `run ${numberOf(run.runId)}`;
  const step = `ask about ${name}`;
  const told = await database.step(
    world.now,
    'select * from accounting.start_question($1, nullif($2, $4)::uuid, $3)',
    [organisationId(held.organisation), run?.runId ?? '', held.leaseId, ''],
  );
  world.held = world.held.filter((other) => other !== held);
  if (run === null) {
    if (told.code === 'AX020') return check(world, database, `${step}: its lease is stale`);
  } else {
    const isHeld = run.leaseId === held.leaseId && (run.leaseEndsAt ?? 0) > world.now;
    if (!isHeld || (run.state !== 'reconciling' && run.askAt === null)) {
      expectCode(world, told, 'AX020', step);
      return check(world, database, `${step}: its lease is stale`);
    }
    if (pending(run).some((claim) => isBookedElsewhere(world, run, claim))) run.isLoose = true;
  }
  expectCode(world, told, null, step);
  const isStarted = told.rows[0]?.['is_started'] === true;
  if (run !== null && !isStarted) {
    if (isEnded(run)) run.isLoose = true;
    else settle(world, run);
    return check(world, database, `${step}: nothing is open`, { mayClearFlags: isEnded(run) });
  }
  const batch = told.rows[0]?.['batch'] as {
    openClaimIds: string[];
    search: string;
    voidedExternalIds: string[];
  };
  const claims = batch.openClaimIds.map(numberOf);
  const expected = run === null ? claims : toAskFor(world, run).map(({ no }) => no);
  if (claims.join() !== expected.join() && run?.isLoose !== true) {
    expectCode(world, { code: 'other claims', message: claims.join(), rows: [] }, null, step);
  }
  if (run !== null) {
    run.leaseEndsAt = world.now + timings.lease;
    run.questionAt = world.now;
  }
  const byKey = batch.search === 'run' && collides(held.organisation) && run !== null;
  const at = world.now - Math.floor((lag * timings.quarantine) / 2);
  const shown = new Map(
    claims.map((no) => {
      const batchKey = byKey ? run.batchKey : null;
      const where = { organisation: held.organisation, claim: no, batchKey };
      return [no, look(world.ledger, where, at, batch.voidedExternalIds).map(({ id }) => id)];
    }),
  );
  world.questions.push({ ...held, attemptNo: run?.attemptNo ?? null, claims, shown });
  const lagging = at < world.now ? ` (a copy of ${at / 1000} s)` : '';
  await check(world, database, `${step}: ${claims.join(', ')}${lagging}`);
}
