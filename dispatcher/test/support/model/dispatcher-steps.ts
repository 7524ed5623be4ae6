/** What dispatchers do: lease, start, renew, hand back, and what the sweep makes of those that died. */
import { check, fail } from './check.ts';
import type { Database, Told } from './database.ts';
import { arrive, type Message } from './ledger.ts';
import {
  doubt,
  isBookedElsewhere,
  isEnded,
  open,
  putDown,
  reasonNotToSend,
  settle,
  tell,
} from './rules.ts';
import {
  collides,
  key,
  numberOf,
  organisationId,
  runOf,
  timings,
  type ClaimFacts,
  type Held,
  type RunFacts,
  type World,
} from './world.ts';

/** What becomes of one claim of an attempt. */
export interface Fate {
  readonly fate: 'now' | 'late' | 'never';
  /** At which part of the lease a late one is sent, and how long of the longest delay it takes. */
  readonly part: number;
  readonly delay: number;
}

/** Fails unless the SQLSTATE is the one that the rules ask for. */
export function expectCode(world: World, told: Told, expected: string | null, step: string): void {
  if (told.code === expected) return;
  world.log.push(`${step}: ${told.code ?? 'no error'} ${told.message ?? ''}`);
  fail(world, [`${step} should give ${expected ?? 'no error'}, and gave ${told.code ?? 'none'}`]);
}

export async function lease(world: World, database: Database, limit: number): Promise<void> {
  const told = await database.step(
    world.now,
    `select * from accounting.lease_runs('dispatcher-1', $1::integer)`,
    [limit],
  );
  const step = `lease ${limit}`;
  expectCode(world, told, null, step);
  for (const row of told.rows) {
    const held: Held = {
      organisation: numberOf(String(row['organisation_id'])),
      runId: typeof row['run_id'] === 'string' ? row['run_id'] : null,
      leaseId: String(row['lease_id']),
      purpose: String(row['purpose']),
    };
    world.held.push(held);
    if (held.runId !== null) takeLease(world, runOf(world, held.runId), held);
  }
  if (told.rows.length > limit) fail(world, [`${step} gave ${told.rows.length}`]);
  const names = told.rows.map(({ run_id: id }) =>
    typeof id === 'string' ? numberOf(id) : 'claims to ask for',
  );
  await check(world, database, `${step}: ${names.join(', ') || 'nothing'}`);
}

function takeLease(world: World, run: RunFacts, held: Held): void {
  const dueAt = isEnded(run) ? run.askAt : run.nextAt;
  const isWaiting = isEnded(run) || ['queued', 'retry_wait', 'in_doubt'].includes(run.state);
  if (run.leaseId !== null || !isWaiting || dueAt === null || dueAt > world.now) {
    fail(world, [`run ${numberOf(run.runId)} was leased, and was not to be had: ${run.state}`]);
  }
  if (held.purpose === 'send' && world.paused.has(run.organisation)) {
    fail(world, [`run ${numberOf(run.runId)} was leased for sending, under a pause`]);
  }
  run.leaseId = held.leaseId;
  run.leaseEndsAt = world.now + timings.lease;
  if (run.state === 'in_doubt') run.state = 'reconciling';
}

export async function start(
  world: World,
  database: Database,
  held: Held,
  fates: readonly Fate[],
): Promise<void> {
  if (held.runId === null) throw new Error('claims without a run are not sent');
  const run = runOf(world, held.runId);
  const step = `start run ${numberOf(run.runId)}`;
  const told = await database.step(
    world.now,
    'select * from accounting.start_attempt($1, $2, $3)',
    [organisationId(held.organisation), run.runId, held.leaseId],
  );
  const isHeld = run.leaseId === held.leaseId && (run.leaseEndsAt ?? 0) > world.now;
  if (!isHeld || !['queued', 'retry_wait'].includes(run.state)) {
    world.held = world.held.filter((other) => other !== held);
    expectCode(world, told, 'AX020', step);
    return check(world, database, `${step}: its lease is stale`);
  }
  if ((run.nextAt ?? 0) > world.now) {
    expectCode(world, told, 'AX022', step);
    return check(world, database, `${step}: not due`);
  }
  world.held = world.held.filter((other) => other !== held);
  expectCode(world, told, null, step);
  const isStarted = told.rows[0]?.['is_started'] === true;
  if (open(run).some((claim) => isBookedElsewhere(world, run, claim))) run.isLoose = true;
  const flagged = open(run).filter(
    (claim) =>
      world.flagged.has(key(run.organisation, claim.no)) || isAskedFirst(world, run, claim),
  );
  const isHalted = world.paused.has(run.organisation) || world.frozen.has(run.organisation);
  const mayStart = flagged.length === 0 && !isHalted && open(run).length > 0;
  if (isStarted && !mayStart) fail(world, [`${step}: started, against a flag, pause or freeze`]);
  if (!isStarted) {
    if (mayStart && !run.isLoose) fail(world, [`${step}: not started, and nothing is in the way`]);
    flagged.forEach(doubt);
    settle(world, run);
    return check(world, database, `${step}: not sent`);
  }
  const sent = send(world, run, held, told, fates, step);
  run.state = 'sending';
  run.attemptNo += 1;
  run.charged += 1;
  run.isAbandoned = false;
  run.leaseEndsAt = world.now + timings.lease;
  await check(world, database, `${step}: ${sent}`);
}

/** Whether a claim of a run's first start came in within a day after a restore, unproved. */
function isAskedFirst(world: World, run: RunFacts, claim: ClaimFacts): boolean {
  const { restoredAt } = world;
  if (restoredAt === null || world.now >= restoredAt + 86_400_000) return false;
  if (run.attemptNo > 0 || claim.isProved) return false;
  return (world.known.get(key(run.organisation, claim.no)) ?? 0) >= restoredAt;
}

function send(
  world: World,
  run: RunFacts,
  held: Held,
  told: Told,
  fates: readonly Fate[],
  step: string,
): string {
  const batch = told.rows[0]?.['batch'] as { openClaimIds: string[] };
  const claims = batch.openClaimIds.map(numberOf);
  if (
    !run.isLoose &&
    claims.join() !==
      open(run)
        .map(({ no }) => no)
        .join()
  ) {
    fail(world, [`${step}: sends ${claims.join()}`]);
  }
  const messages = new Map<number, Message>();
  claims.forEach((no, index) => {
    const claim = run.claims.find((candidate) => candidate.no === no);
    const reason = claim && reasonNotToSend(world, run, claim);
    if (reason) fail(world, [`${step}: sends claim ${no}, and ${reason}`]);
    const fate = fates[index % fates.length] ?? { fate: 'now', part: 0, delay: 0 };
    const isLate = fate.fate === 'late';
    messages.set(no, {
      organisation: run.organisation,
      claim: no,
      batchKey: run.batchKey,
      collides: collides(run.organisation),
      sentAt: world.now + (isLate ? Math.floor(fate.part * timings.lease) : 0),
      part: fate.part,
      delayMs: isLate ? Math.floor(fate.delay * timings.remoteMax) : 0,
      state: fate.fate === 'never' ? 'dropped' : 'under way',
      entryId: null,
    });
  });
  world.ledger.messages.push(...messages.values());
  arrive(world.ledger, world.now);
  world.attempts.push({
    organisation: run.organisation,
    runId: run.runId,
    leaseId: held.leaseId,
    attemptNo: Number(told.rows[0]?.['attempt_no']),
    messages,
    untold: new Set(claims),
    envelopeNo: 0,
  });
  return [...messages]
    .map(([no, m]) => {
      const when = m.state === 'under way' ? ` until ${(m.sentAt + m.delayMs) / 1000} s` : '';
      return `claim ${no} ${m.state}${when}`;
    })
    .join(', ');
}

/** Asks for more time: what was not sent yet may be sent later then. */
export async function renew(
  world: World,
  database: Database,
  attempt: World['attempts'][number],
): Promise<void> {
  const run = runOf(world, attempt.runId);
  const step = `renew run ${numberOf(run.runId)}`;
  const told = await database.step(
    world.now,
    'select accounting.renew_lease($1, $2, $3) as lease_ms',
    [organisationId(attempt.organisation), run.runId, attempt.leaseId],
  );
  if (run.leaseId !== attempt.leaseId || (run.leaseEndsAt ?? 0) <= world.now) {
    expectCode(world, told, 'AX020', step);
    return check(world, database, `${step}: its lease is stale`);
  }
  expectCode(world, told, null, step);
  run.leaseEndsAt = world.now + timings.lease;
  for (const message of attempt.messages.values()) {
    if (message.state !== 'under way' || message.sentAt < world.now) continue;
    message.sentAt = world.now + Math.floor(message.part * timings.lease);
  }
  await check(world, database, step);
}

export async function handBack(world: World, database: Database, held: Held): Promise<void> {
  const told = await database.step(
    world.now,
    'select accounting.hand_back($1, nullif($2, $4)::uuid, $3, 0) as is_back',
    [organisationId(held.organisation), held.runId ?? '', held.leaseId, ''],
  );
  world.held = world.held.filter((other) => other !== held);
  const name = held.runId === null ? 'claims to ask for' : `run ${numberOf(held.runId)}`;
  expectCode(world, told, null, `hand back ${name}`);
  const run = held.runId === null ? undefined : runOf(world, held.runId);
  if (run?.leaseId === held.leaseId && (run.leaseEndsAt ?? 0) > world.now) {
    if (run.state === 'reconciling') run.state = 'in_doubt';
    putDown(run);
  }
  await check(world, database, `hand back ${name}`);
}

export async function sweep(world: World, database: Database): Promise<void> {
  const told = await database.step(world.now, 'select accounting.sweep() as swept');
  expectCode(world, told, null, 'sweep');
  const swept: number[] = [];
  for (const run of world.runs) {
    if (run.leaseId === null || (run.leaseEndsAt ?? 0) > world.now) continue;
    swept.push(numberOf(run.runId));
    if (run.state === 'sending') {
      for (const claim of open(run)) {
        if (claim.toldIn !== run.attemptNo) tell(run, claim, 'unknown', null);
      }
      run.isAbandoned = true;
      settle(world, run);
    } else if (run.state === 'reconciling') settle(world, run);
    else putDown(run);
  }
  await check(world, database, `sweep: ${swept.join(', ') || 'nothing'}`);
}
