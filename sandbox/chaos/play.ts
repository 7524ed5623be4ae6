/** One chaos run: everything goes wrong for a while, then nothing does, until all has settled. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Screen } from '../demo/screen.ts';
import { coordinate, type CoordinatorCounts } from './coordinator.ts';
import { newLedger, playApps, type Ledger } from './apps.ts';
import { endFaults, troubleBusinessCentral, troubleXledger, type FaultCounts } from './faults.ts';
import type { Fleet } from './fleet.ts';
import { TIMINGS } from './organisations.ts';
import { makeTrouble, resumeIntegrations, type TroubleCounts } from './trouble.ts';
import type { ChaosWorld } from './world.ts';

/** What was done. */
export interface Played {
  readonly ledger: Ledger;
  readonly faults: FaultCounts;
  readonly trouble: TroubleCounts;
  readonly coordinator: CoordinatorCounts;
  /** Whether every run had ended, or waited for a person, within {@link QUIET_MS}. */
  readonly isSettled: boolean;
  readonly settledAfterMs: number;
}

export interface PlayOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly screen: Screen;
  /** Ends it early. */
  readonly signal: AbortSignal;
}

/** How long settling may take once nothing goes wrong any more, milliseconds. */
export const QUIET_MS = 90_000;
const PROGRESS_MS = 2_000;

/** Plays; throws what an app met that it should not have, or the abort. */
export async function play(
  world: ChaosWorld,
  fleet: Fleet,
  { seconds, seed, screen, signal }: PlayOptions,
): Promise<Played> {
  const ledger = newLedger();
  const faults: FaultCounts = { given: new Map(), revokedTokens: 0 };
  const trouble: TroubleCounts = { cutSessions: 0, notifications: 0, resumes: 0 };
  const coordinator: CoordinatorCounts = { cancellations: 0, lookUps: 0, flags: 0 };
  const ending = new AbortController();
  const quietEnding = new AbortController();
  const until = AbortSignal.any([signal, ending.signal]);
  const untilQuiet = AbortSignal.any([signal, quietEnding.signal]);

  const acting = [
    ...world.organisations.map((one) => playApps(world, one, seed, ledger, until)),
    troubleBusinessCentral(world, seed, faults, until),
    troubleXledger(world, seed, faults, until),
    makeTrouble(world, fleet, seed, trouble, until),
    coordinate(world, seed, coordinator, until),
  ].map((actor) => endAllIfItFails(actor, ending));
  const operator = resumeIntegrations(world, seed, trouble, untilQuiet);
  const watcher = watch(world, screen, untilQuiet);
  try {
    await sleep(seconds * 1_000, undefined, { signal: until }).catch(() => undefined);
    ending.abort();
    await Promise.all(acting);
    signal.throwIfAborted();

    endFaults(world);
    fleet.calm();
    const startedAt = performance.now();
    const isSettled = await untilSettled(world, startedAt + QUIET_MS, signal);
    const settledAfterMs = performance.now() - startedAt;
    // What is applied as late as it may be is applied by then.
    await sleep(TIMINGS.remote_max_ms, undefined, { signal });
    return { ledger, faults, trouble, coordinator, isSettled, settledAfterMs };
  } finally {
    ending.abort();
    quietEnding.abort();
    await Promise.allSettled([...acting, operator, watcher]);
  }
}

function endAllIfItFails(actor: Promise<void>, ending: AbortController): Promise<void> {
  actor.catch(() => ending.abort());
  return actor;
}

async function untilSettled(
  world: ChaosWorld,
  deadline: number,
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    const { rows } = await world.control.query(
      `select from accounting.export_requests
        where ended_at is null and state <> 'needs_review' or ask_at is not null
      union all
      select from accounting.claim_questions where problem is null
      limit 1`,
    );
    if (rows.length === 0) return true;
    if (performance.now() > deadline) return false;
    await sleep(100, undefined, { signal });
  }
}

/** Tells every few seconds how the runs stand. */
async function watch(world: ChaosWorld, screen: Screen, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { rows } = await world.control.query<{ state: string; count: number }>(
      `select state, count(*)::integer as count
         from accounting.export_requests group by state order by state`,
    );
    const parts = rows.map(({ state, count }) => `${state} ${count}`);
    if (parts.length > 0) screen.progress(`runs: ${parts.join(', ')}`);
    await sleep(PROGRESS_MS, undefined, { signal }).catch(() => undefined);
  }
}
