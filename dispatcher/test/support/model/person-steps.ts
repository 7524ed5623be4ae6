/** What people do: a coordinator's acts, and the operator's after a restore. */
import { check } from './check.ts';
import type { Database } from './database.ts';
import { expectCode } from './dispatcher-steps.ts';
import { there } from './ledger.ts';
import {
  deliver,
  doubt,
  end,
  extendQuarantine,
  isBookedElsewhere,
  open,
  pending,
  putDown,
  reserved,
  unbook,
} from './rules.ts';
import {
  claimId,
  key,
  numberOf,
  organisationId,
  timings,
  type RunFacts,
  type World,
} from './world.ts';

export async function cancel(world: World, database: Database, run: RunFacts): Promise<void> {
  const step = `cancel run ${numberOf(run.runId)}`;
  const told = await act(world, database, 'cancel_run($1, $2)', run);
  const isWaiting = ['queued', 'retry_wait'].includes(run.state);
  if (isWaiting && open(run).some((claim) => isBookedElsewhere(world, run, claim))) {
    run.isLoose = true;
    return check(world, database, step);
  }
  const isUnproved = pending(run).some((claim) => claim.isDoubted && !claim.isProved);
  const code = !isWaiting ? 'AX018' : isUnproved ? 'AX026' : null;
  expectCode(world, told, code, step);
  if (code !== null) return check(world, database, `${step}: refused`);
  for (const claim of open(run)) claim.outcome = 'cancelled';
  const isPartly = reserved(run).some((claim) => claim.isDelivered && !claim.isReleased);
  end(run, isPartly ? 'partially_exported' : 'cancelled');
  await check(world, database, step);
}

export async function reconcile(world: World, database: Database, run: RunFacts): Promise<void> {
  const step = `reconcile run ${numberOf(run.runId)}`;
  const told = await act(world, database, 'reconcile_run($1, $2)', run);
  const isUntouched = run.attemptNo === 0 && !run.claims.some(({ isDoubted }) => isDoubted);
  expectCode(world, told, isUntouched ? 'AX018' : null, step);
  if (told.code === null && ['needs_review', 'retry_wait'].includes(run.state)) {
    doubtRun(world, run);
  }
  await check(world, database, step);
}

function doubtRun(world: World, run: RunFacts): void {
  open(run).forEach(doubt);
  run.state = 'in_doubt';
  run.isReview = false;
  extendQuarantine(run, world.now + timings.quarantine);
  putDown(run);
}

/** A person looks what the ledger has of the run, and says so. */
export async function resolve(world: World, database: Database, run: RunFacts): Promise<void> {
  const ids = new Map(
    pending(run).map(({ no }) => {
      const entries = there(world.ledger, run.organisation, no);
      return [no, entries.filter((e) => e.batchKey === run.batchKey).map(({ id }) => id)];
    }),
  );
  const named = [...ids].filter(([, list]) => list.length > 0);
  if (run.state !== 'needs_review') {
    const told = await act(
      world,
      database,
      `resolve_run($1, $2, 'proved_absent', 'looked', null)`,
      run,
    );
    expectCode(world, told, 'AX018', `resolve run ${numberOf(run.runId)}`);
    return check(world, database, `resolve run ${numberOf(run.runId)}: refused`);
  }
  if (named.length > 0) return bookByHand(world, database, run, named);

  const step = `run ${numberOf(run.runId)}: proved absent`;
  const told = await act(
    world,
    database,
    `resolve_run($1, $2, 'proved_absent', 'looked', null)`,
    run,
  );
  const isEarly = (run.quarantineUntil ?? 0) > world.now;
  expectCode(world, told, isEarly ? 'AX026' : null, step);
  if (isEarly) return check(world, database, `${step}: too early`);
  for (const claim of pending(run)) {
    if (claim.outcome === 'rejected' && (!claim.isDoubted || claim.isProved)) continue;
    if (claim.outcome !== 'rejected') claim.outcome = 'proved_absent';
    claim.isProved = true;
  }
  closeReview(run);
  await check(world, database, step, { mayClearFlags: true });
}

async function bookByHand(
  world: World,
  database: Database,
  run: RunFacts,
  named: readonly (readonly [number, readonly string[]])[],
): Promise<void> {
  const step = `run ${numberOf(run.runId)}: booked by hand ${named.map(([no]) => no).join(', ')}`;
  const ids = JSON.stringify(Object.fromEntries(named.map(([no, list]) => [claimId(no), list])));
  const told = await act(
    world,
    database,
    `resolve_run($1, $2, 'booked_by_hand', 'seen', $3::jsonb)`,
    run,
    [ids],
  );
  expectCode(world, told, null, step);
  for (const [no, list] of named) {
    const claim = run.claims.find((candidate) => candidate.no === no);
    if (claim !== undefined) deliver(world, run, claim, 'booked_by_hand', list);
  }
  closeReview(run);
  await check(world, database, step, { mayClearFlags: true });
}

/** With nothing left in question the run ends. */
function closeReview(run: RunFacts): void {
  const isInQuestion = pending(run).some(
    ({ outcome, isDoubted, isProved }) =>
      outcome !== 'proved_absent' && (outcome !== 'rejected' || (isDoubted && !isProved)),
  );
  if (isInQuestion) return;
  const delivered = reserved(run).filter((claim) => claim.isDelivered && !claim.isReleased);
  const others = reserved(run).filter((claim) => !claim.isDelivered);
  if (others.length === 0) end(run, 'exported');
  else if (delivered.length > 0) end(run, 'partially_exported');
  else end(run, others.every(({ outcome }) => outcome === 'rejected') ? 'rejected' : 'failed');
}

/** A person removes a claim from the ledger, and voids what the run (null: none) booked of it. */
export async function voidClaim(
  world: World,
  database: Database,
  { organisation, no, by }: { organisation: number; no: number; by: string | null },
): Promise<void> {
  const run = world.runs.find(({ runId }) => runId === by);
  const step = `void claim ${no} of ${run === undefined ? 'no run' : `run ${numberOf(run.runId)}`}`;
  const told = await database.step(
    world.now,
    `select accounting.void_claims($1, nullif($2, $4)::uuid, $3::uuid[], 'removed') as voided`,
    [organisationId(organisation), by ?? '', [claimId(no)], ''],
  );
  const foundAt = world.exported.get(key(organisation, no)) ?? 0;
  const until = run === undefined ? foundAt + timings.quarantine : run.quarantineUntil;
  const isEarly = (until ?? 0) > world.now;
  expectCode(world, told, isEarly ? 'AX026' : null, step);
  if (isEarly) return check(world, database, `${step}: too early`);
  const ids = world.toldIds.get(`${key(organisation, no)}/${by ?? ''}`) ?? new Set();
  for (const entry of there(world.ledger, organisation, no)) {
    if (ids.has(entry.id) || entry.batchKey === run?.batchKey) entry.removedAt = world.now;
  }
  unbook(world, organisation, no, by);
  const claim = run?.claims.find((candidate) => candidate.no === no);
  if (claim !== undefined) {
    claim.isDelivered = false;
    claim.isReleased = true;
    claim.outcome = 'voided';
  }
  await check(world, database, step, { mayClearFlags: true });
}

export async function flag(
  world: World,
  database: Database,
  organisation: number,
  claims: readonly number[],
): Promise<void> {
  const step = `flag ${claims.join(', ')} of ${organisation}`;
  const told = await database.step(
    world.now,
    `select accounting.flag_claims($1, $2::uuid[], 'is it there?', 'coordinator-1') as flagged`,
    [organisationId(organisation), claims.map(claimId)],
  );
  expectCode(world, told, null, step);
  for (const no of claims) world.flagged.add(key(organisation, no));
  await check(world, database, step);
}

/** As after a restore: all that is open is asked for before anything is sent. */
export async function freeze(world: World, database: Database): Promise<void> {
  const told = await database.step(world.now, `select accounting.freeze('restored') as frozen`);
  expectCode(world, told, null, 'freeze');
  world.restoredAt = world.now;
  for (const at of world.known.keys()) if (!world.exported.has(at)) world.flagged.add(at);
  for (const run of world.runs) {
    if (['queued', 'retry_wait', 'in_doubt'].includes(run.state)) doubtRun(world, run);
    // Nobody releases anything before a new quarantine is over.
    if (run.state === 'needs_review') extendQuarantine(run, world.now + timings.quarantine);
  }
  await check(world, database, 'freeze');
}

export async function resume(
  world: World,
  database: Database,
  organisation: number,
): Promise<void> {
  const system = organisation === 1 ? 'business_central' : 'xledger';
  const told = await database.step(
    world.now,
    'select accounting.resume_integration($1, $2) as is_resumed',
    [organisationId(organisation), system],
  );
  expectCode(world, told, null, `resume ${organisation}`);
  await check(world, database, `resume ${organisation}`);
}

function act(
  world: World,
  database: Database,
  call: string,
  run: RunFacts,
  more: readonly unknown[] = [],
): ReturnType<Database['step']> {
  return database.step(world.now, `select accounting.${call} as state`, [
    organisationId(run.organisation),
    run.runId,
    ...more,
  ]);
}
