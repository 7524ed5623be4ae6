/** Something that acts again and again, at random moments, until it is told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';

import { between, type Random } from '../random.ts';

export interface Pace {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Acts, waits, and acts again until `signal` is aborted; rejects with what `act` throws. */
export async function keepActing(
  random: Random,
  pace: Pace,
  signal: AbortSignal,
  act: () => Promise<void> | void,
): Promise<void> {
  while (!signal.aborted) {
    await act();
    // Drawn before the wait, so that an abort doesn't shift the draws.
    const waitMs = between(random, pace.leastMs, pace.mostMs);
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}
