/**
 * The rules by which a run moves, written from what docs/states.md promises and not from the SQL: what
 * was told of each claim, and the state that follows from it.
 */
import {
  collides,
  key,
  maxAttempts,
  timings,
  type ClaimFacts,
  type RunFacts,
  type World,
} from './world.ts';

const ended = ['exported', 'partially_exported', 'rejected', 'failed', 'skipped', 'cancelled'];

export const isEnded = (run: RunFacts): boolean => ended.includes(run.state);

export const reserved = (run: RunFacts): ClaimFacts[] =>
  run.claims.filter((claim) => claim.verdict === 'exportable');

/** Neither delivered nor released. */
export const pending = (run: RunFacts): ClaimFacts[] =>
  reserved(run).filter((claim) => !claim.isDelivered && !claim.isReleased);

/** What the next attempt concerns. */
export const open = (run: RunFacts): ClaimFacts[] =>
  pending(run).filter((claim) => claim.outcome !== 'rejected');

const unproved = (claim: ClaimFacts): boolean => claim.isDoubted && !claim.isProved;

/**
 * What asking concerns: what is unknown, and what can't be released yet; once ended, all that it sent
 * or was doubted to have, but what was removed and what another run delivered.
 */
export function toAskFor(world: World, run: RunFacts): ClaimFacts[] {
  if (isEnded(run)) {
    return reserved(run).filter(
      (claim) =>
        (run.attemptNo > 0 || claim.isDoubted) &&
        claim.outcome !== 'voided' &&
        !isDeliveredElsewhere(world, run, claim),
    );
  }
  return pending(run).filter((claim) => claim.outcome === 'unknown' || unproved(claim));
}

function isDeliveredElsewhere(world: World, run: RunFacts, { no }: ClaimFacts): boolean {
  return world.runs.some(
    (other) =>
      other !== run &&
      other.organisation === run.organisation &&
      reserved(other).some((claim) => claim.no === no && claim.isDelivered && !claim.isReleased),
  );
}

/** Another run, or asking without one, booked a claim that this run still has open. */
export const isBookedElsewhere = (world: World, run: RunFacts, claim: ClaimFacts): boolean =>
  [...(world.booked.get(key(run.organisation, claim.no)) ?? [])].some((by) => by !== run.runId);

export function doubt(claim: ClaimFacts): void {
  claim.outcome = 'unknown';
  claim.isDoubted = true;
  claim.isProved = false;
  claim.absentAt = null;
}

/** Told to be in the ledger, whoever tells: it counts, but for a late word of what was removed. */
export function deliver(
  world: World,
  run: RunFacts,
  claim: ClaimFacts,
  outcome: string,
  ids: readonly string[],
): void {
  if (claim.outcome === 'voided' && ids.every((id) => world.removedIds.has(id))) return;
  book(world, run.organisation, claim.no, run.runId, ids);
  if (claim.isReleased) {
    // Told after the release: attention, and whoever holds the claim now drops it or is looked at.
    for (const other of world.runs) {
      if (
        other.organisation === run.organisation &&
        other.claims.some(({ no }) => no === claim.no)
      ) {
        other.isLoose = true;
      }
    }
    return;
  }
  if (claim.isDelivered) return;
  claim.isDelivered = true;
  claim.outcome = outcome;
  claim.absentAt = null; // an absence from before it was delivered counts no more
  claim.failure = null;
}

export function book(
  world: World,
  organisation: number,
  claim: number,
  by: string | null,
  ids: readonly string[],
): void {
  const at = key(organisation, claim);
  world.booked.set(at, (world.booked.get(at) ?? new Set<string | null>()).add(by));
  const told = world.toldIds.get(`${at}/${by ?? ''}`) ?? new Set();
  for (const id of ids) told.add(id);
  world.toldIds.set(`${at}/${by ?? ''}`, told);
}

/** A person removed it from the ledger: what this run told of it counts no more. */
export function unbook(world: World, organisation: number, claim: number, by: string | null): void {
  const at = key(organisation, claim);
  world.booked.get(at)?.delete(by);
  for (const id of world.toldIds.get(`${at}/${by ?? ''}`) ?? []) world.removedIds.add(id);
}

/** What its dispatcher tells of a claim of the attempt under way; what is booked came before. */
export function tell(
  run: RunFacts,
  claim: ClaimFacts,
  outcome: string,
  failure: string | null,
): void {
  if (claim.isDelivered || claim.isReleased || claim.outcome === 'rejected') return;
  // What one envelope left unknown no other one of the attempt makes certain.
  if (claim.outcome === 'unknown' && claim.toldIn === run.attemptNo) return;
  claim.toldIn = run.attemptNo;
  claim.failure = failure;
  if (outcome === 'unknown') doubt(claim);
  else claim.outcome = outcome;
}

/** The attempt is complete when each open claim has been told of. */
export const isComplete = (run: RunFacts): boolean =>
  open(run).every((claim) => claim.toldIn === run.attemptNo);

/** Takes the charge back for what was no fault of the run, and where some claims were settled. */
export function charge(run: RunFacts): void {
  const told = run.claims.filter((claim) => claim.toldIn === run.attemptNo);
  if (told.some(({ outcome }) => outcome === 'unknown')) return;
  const isNoFault = told.some(
    ({ failure }) => failure === 'unreachable' || failure === 'configuration',
  );
  const isProgress =
    told.some(({ outcome }) => outcome === 'accepted' || outcome === 'rejected') &&
    told.some(({ failure }) => failure === 'undone');
  if (isNoFault || isProgress) run.charged -= 1;
}

/** "Absent" proves something after the quarantine, twice; or at once, where a second send collides. */
export function tellAbsent(
  world: World,
  run: RunFacts,
  claim: ClaimFacts,
  mayCollide: boolean,
): void {
  if (claim.isDelivered || claim.isReleased) return;
  const askedAt = run.questionAt ?? world.now;
  if (run.quarantineUntil === null || askedAt >= run.quarantineUntil) {
    if (claim.absentAt !== null && askedAt >= claim.absentAt + timings.quarantine / 2) {
      claim.isProved = true;
    }
    claim.absentAt ??= askedAt;
  }
  const isFlagged = world.flagged.has(key(run.organisation, claim.no));
  const counts = claim.isProved || (mayCollide && run.attemptNo > 0 && !isFlagged);
  if (counts && claim.outcome === 'unknown') claim.outcome = 'absent';
}

/** Where the run stands once nobody carries it. */
export function settle(world: World, run: RunFacts): void {
  if (isEnded(run)) return;
  if (open(run).some((claim) => isBookedElsewhere(world, run, claim))) run.isLoose = true;
  const unknown = pending(run).filter(({ outcome }) => outcome === 'unknown');
  if (unknown.length > 0 && !['in_doubt', 'reconciling', 'needs_review'].includes(run.state)) {
    extendQuarantine(run, Math.max(run.leaseEndsAt ?? 0, world.now) + timings.quarantine);
  }
  const next = stateOf(run, unknown.length);
  if (ended.includes(next)) end(run, next);
  else run.state = next;
  if (next === 'needs_review') run.isReview = true;
  putDown(run);
}

function stateOf(run: RunFacts, unknownCount: number): string {
  const delivered = reserved(run).filter((claim) => claim.isDelivered && !claim.isReleased);
  if (run.isReview) return 'needs_review';
  const isAskedTooOften = run.state === 'reconciling' && run.questions >= 20;
  if (unknownCount > 0) return isAskedTooOften ? 'needs_review' : 'in_doubt';
  if (open(run).length > 0) {
    if (run.isAbandoned && run.attemptNo >= maxAttempts) return 'needs_review';
    if (run.attemptNo === 0) return 'queued';
    if (run.charged < maxAttempts) return 'retry_wait';
  }
  if (pending(run).some(unproved)) return isAskedTooOften ? 'needs_review' : 'in_doubt';
  if (delivered.length > 0) {
    return delivered.length === reserved(run).length ? 'exported' : 'partially_exported';
  }
  if (open(run).length > 0) return 'failed';
  return pending(run).length > 0 ? 'rejected' : 'skipped';
}

export function end(run: RunFacts, state: string): void {
  for (const claim of pending(run)) claim.isReleased = true;
  run.state = state;
  run.isReview = false;
  putDown(run);
}

export function putDown(run: RunFacts): void {
  run.leaseId = null;
  run.leaseEndsAt = null;
}

/** Never shortened. */
export function extendQuarantine(run: RunFacts, until: number): void {
  run.quarantineUntil = Math.max(run.quarantineUntil ?? 0, until);
}

/** What may not be sent: booked, flagged, or in doubt without an answer that counts. */
export function reasonNotToSend(world: World, run: RunFacts, claim: ClaimFacts): string | null {
  if ((world.booked.get(key(run.organisation, claim.no))?.size ?? 0) > 0) return 'it is booked';
  if (world.flagged.has(key(run.organisation, claim.no))) return 'it is flagged';
  if (claim.outcome === 'unknown') return 'nobody knows what became of it';
  if (unproved(claim) && !collides(run.organisation)) return 'its absence is not proved';
  return null;
}
