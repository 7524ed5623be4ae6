/** Burst, parallel requests and credits (Xledger contract 3.1, 3.2 and 8.2). */
import type { WireError } from './errors.ts';
import type { Switches } from './switches.ts';
import { toCentralEuropeanTime } from './values.ts';

const BURST_WINDOW_MS = 5_000;
const MONTHLY_CREDITS = 5_000;

export interface Limits {
  /**
   * Counts a request that begins; the error to answer if it may not. Those that may must call
   * `leave`. Refused ones count in no limit (assumed).
   */
  enter(): WireError | null;
  leave(): void;
  /** Forgets what was counted. */
  reset(): void;
}

/** The limits as the switches set them at each moment. */
export function createLimits(switches: Switches, now: () => Date): Limits {
  let begun: number[] = [];
  let running = 0;
  return {
    enter() {
      const at = now();
      begun = begun.filter((time) => time > at.getTime() - BURST_WINDOW_MS);
      if (switches.burst !== null && begun.length >= switches.burst) {
        return {
          message: `Too many requests in the last 5 seconds. The limit is ${switches.burst}.`,
          code: 'BAD_REQUEST.BURST_RATE_LIMIT_REACHED',
        };
      }
      if (switches.concurrency !== null && running >= switches.concurrency) {
        return {
          message: `Too many concurrent requests. The limit is ${switches.concurrency}.`,
          code: 'BAD_REQUEST.CONCURRENCY_LIMIT_REACHED',
        };
      }
      refill(switches, at);
      if (switches.credits === 0) {
        const resetAt = switches.creditsResetAt;
        return {
          message: 'Insufficient credits. The credits of this month are used up.',
          code: 'BAD_REQUEST.INSUFFICIENT_CREDITS',
          extensions: {
            resetAt: resetAt === null ? nextMonth(at) : toCentralEuropeanTime(new Date(resetAt)),
          },
        };
      }
      if (switches.credits !== null) switches.credits -= 1;
      begun.push(at.getTime());
      running += 1;
      return null;
    },
    leave() {
      running -= 1;
    },
    reset() {
      begun = [];
    },
  };
}

function refill(switches: Switches, at: Date): void {
  if (switches.credits === null || switches.creditsResetAt === null) return;
  if (at < new Date(switches.creditsResetAt)) return;
  switches.credits = MONTHLY_CREDITS;
  switches.creditsResetAt = null;
}

/** The form of `resetAt`, local time without a zone, is assumed. */
function nextMonth(at: Date): string {
  const [year = 0, month = 0] = toCentralEuropeanTime(at).split('-').map(Number);
  return new Date(Date.UTC(year, month)).toISOString().slice(0, 19);
}
