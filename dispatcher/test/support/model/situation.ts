/** What there is to choose from at a moment of the story. */
import { isEnded } from './rules.ts';
import type { Attempt, Held, RunFacts, World } from './world.ts';

export const toSend = (world: World): Held[] =>
  world.held.filter(({ purpose }) => purpose === 'send');
export const toAsk = (world: World): Held[] =>
  world.held.filter(({ purpose }) => purpose === 'ask');
export const toTell = (world: World): Attempt[] =>
  world.attempts.filter(({ untold }) => untold.size > 0);
export const inReview = (world: World): RunFacts[] =>
  world.runs.filter(({ state }) => state === 'needs_review');

const dueAt = (run: RunFacts): number | null => (isEnded(run) ? run.askAt : run.nextAt);

export const isSomethingDue = (world: World): boolean =>
  world.runs.some((run) => run.leaseId === null && (dueAt(run) ?? Infinity) <= world.now);

export const hasSomethingLapsed = (world: World): boolean =>
  world.runs.some((run) => run.leaseId !== null && (run.leaseEndsAt ?? 0) <= world.now);

/** What was told to be in a ledger, by whom. */
export function booked(world: World): { organisation: number; no: number; by: string | null }[] {
  return [...world.booked].flatMap(([at, runs]) => {
    const [of = 0, no = 0] = at.split('/').map(Number);
    return [...runs].map((by) => ({ organisation: of, no, by }));
  });
}

/** Until the next run is due, or has to be asked about. */
export function untilDue(world: World): number {
  const times = world.runs.flatMap(({ nextAt, askAt }) => [nextAt, askAt]);
  const next = times.filter((at): at is number => at !== null && at > world.now);
  return next.length === 0 ? 1_000 : Math.min(...next) - world.now;
}

/** Time passes where there is nothing else to do now, or leases run. */
export const hasSomethingToWaitFor = (world: World): boolean =>
  world.runs.some((run) => run.leaseId !== null || dueAt(run) !== null) && !isSomethingDue(world);
