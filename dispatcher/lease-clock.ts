/**
 * How long a lease still holds, by this machine's clocks, counted from before the database was asked
 * for it. The later of two clocks counts: the monotonic one stands still while the machine is
 * suspended, the wall clock can be set back.
 */
import { performance } from 'node:perf_hooks';

/** Held against the lease, for the clocks and for the way back to the database. */
export const leaseMarginMs = 500;

export class LeaseClock {
  readonly #monotonicStart = performance.now();
  readonly #wallStart = Date.now();
  #lengthMs = 0;

  /** The lease's length, counted from when this clock was made. */
  set(lengthMs: number): void {
    this.#lengthMs = lengthMs;
  }

  /** Milliseconds that have passed. */
  elapsedMs(): number {
    return Math.max(performance.now() - this.#monotonicStart, Date.now() - this.#wallStart);
  }

  /** Whether the lease still holds. */
  holds(): boolean {
    return this.elapsedMs() < this.#lengthMs;
  }
}
