/** After each step: what the database says against what the model says, and rules that always hold. */
import type { Database, Snapshot } from './database.ts';
import { arrive, there } from './ledger.ts';
import { isEnded } from './rules.ts';
import { key, numberOf, type ClaimFacts, type RunFacts, type World } from './world.ts';

/**
 * @param step what was done, for the story.
 * @param mayClearFlags whether it was an answer or a person's word.
 * @throws with the whole story, if anything is not as it should be.
 */
export async function check(
  world: World,
  database: Database,
  step: string,
  { mayClearFlags = false }: { mayClearFlags?: boolean } = {},
): Promise<void> {
  arrive(world.ledger, world.now);
  const snapshot = await database.snapshot();
  const states = world.runs.map((run) => `${numberOf(run.runId)} ${run.state}`).join(', ');
  world.log.push(`${String(world.now / 1000).padStart(7)} s  ${step}  [${states}]`);
  const problems = [
    ...snapshot.violations,
    ...world.runs.flatMap((run) => runProblems(run, snapshot)),
    ...flagProblems(world, snapshot, mayClearFlags),
    ...(world.isHonest ? ledgerProblems(world) : []),
  ];
  if (snapshot.trail < world.trail) problems.push('rows of the trail are gone');
  if (snapshot.runs.length !== world.runs.length) problems.push('there are runs nobody asked for');
  if (problems.length > 0) fail(world, problems);
  takeOver(world, snapshot);
}

export function fail(world: World, problems: readonly string[]): never {
  throw new Error(`${problems.join('\n')}\n\nThe story:\n${world.log.join('\n')}`);
}

function runProblems(run: RunFacts, snapshot: Snapshot): string[] {
  const name = `run ${numberOf(run.runId)}`;
  const real = snapshot.runs.find(({ runId }) => runId === run.runId);
  if (real === undefined) return [`${name} is gone`];
  const problems: string[] = [];
  if ((real.quarantineUntil ?? 0) < (run.isLoose ? 0 : (run.quarantineUntil ?? 0))) {
    problems.push(`${name}: its quarantine was shortened`);
  }
  if (run.endedAs !== null && run.endedAs !== real.state) {
    problems.push(`${name} had ended as ${run.endedAs}, and moved on to ${real.state}`);
  }
  if (run.isLoose) return problems;
  const names = [
    'state',
    'attemptNo',
    'charged',
    'leaseId',
    'leaseEndsAt',
    'quarantineUntil',
  ] as const;
  for (const field of names) {
    if (real[field] !== run[field]) {
      problems.push(`${name}: ${field} is ${String(real[field])}, not ${String(run[field])}`);
    }
  }
  for (const claim of run.claims) {
    const realClaim = real.claims.find(({ no }) => no === claim.no);
    problems.push(...claimProblems(name, claim, realClaim));
  }
  return problems;
}

function claimProblems(name: string, claim: ClaimFacts, real: ClaimFacts | undefined): string[] {
  if (real === undefined) return [`${name} has lost claim ${claim.no}`];
  const names = [
    'verdict',
    'outcome',
    'isDelivered',
    'isReleased',
    'isDoubted',
    'isProved',
    'absentAt',
  ] as const;
  return names
    .filter((field) => real[field] !== claim[field])
    .map(
      (field) =>
        `${name}, claim ${claim.no}: ${field} is ${String(real[field])}, not ${String(claim[field])}`,
    );
}

function flagProblems(world: World, snapshot: Snapshot, mayClearFlags: boolean): string[] {
  const problems: string[] = [];
  for (const { organisation, no, isFlagged } of snapshot.claims) {
    const wasFlagged = world.flagged.has(key(organisation, no));
    if (isFlagged && !wasFlagged) problems.push(`claim ${organisation}/${no} is flagged by nobody`);
    if (!isFlagged && wasFlagged && !mayClearFlags) {
      problems.push(`claim ${organisation}/${no} has lost its flag without an answer`);
    }
  }
  return problems;
}

/** The promise: nothing is in a ledger twice. */
function ledgerProblems(world: World): string[] {
  return [...world.known.keys()].flatMap((at) => {
    const [organisation, claim] = at.split('/').map(Number);
    const entries = there(world.ledger, organisation ?? 0, claim ?? 0);
    return entries.length > 1
      ? [`CLAIM ${at} IS IN THE LEDGER ${entries.length} TIMES: ${entries.map((e) => e.id).join()}`]
      : [];
  });
}

/** What the model doesn't predict exactly: times with jitter, flags, and runs that are loose. */
function takeOver(world: World, snapshot: Snapshot): void {
  world.trail = snapshot.trail;
  for (const run of world.runs) {
    const real = snapshot.runs.find(({ runId }) => runId === run.runId);
    if (real === undefined) continue;
    if (run.isLoose) Object.assign(run, real, { isLoose: false });
    run.nextAt = real.nextAt;
    run.askAt = real.askAt;
    run.questions = real.questions;
    run.isReview = real.isReview;
    run.endedAs = isEnded(run) ? run.state : null;
  }
  world.flagged.clear();
  for (const claim of snapshot.claims) {
    const at = key(claim.organisation, claim.no);
    if (claim.isFlagged) world.flagged.add(at);
    if (!claim.isExported) world.exported.delete(at);
    else if (!world.exported.has(at)) world.exported.set(at, world.now);
  }
  for (const { organisation, isPaused, isFrozen } of snapshot.integrations) {
    if (!isPaused) world.paused.delete(organisation);
    else world.paused.add(organisation);
    if (!isFrozen) world.frozen.delete(organisation);
    else world.frozen.add(organisation);
  }
}
