/** The members of `errors` in an answer of Xledger's, and their kinds (Xledger contract 3.2). Pure. */
import { z } from 'zod';

/** An error as it comes; what isn't of the expected form is read as missing. */
export const wireErrorSchema = z.looseObject({
  message: z.string().catch(''),
  code: z.string().nullable().catch(null),
  path: z.array(z.union([z.string(), z.number()])).catch([]),
  extensions: z
    .looseObject({
      code: z.string().nullable().catch(null),
      resetAt: z.string().nullable().catch(null),
    })
    .catch({ code: null, resetAt: null }),
});

export type WireError = z.output<typeof wireErrorSchema>;

/** `other` is what Xledger contract 3.2 doesn't name. */
export type ErrorKind = 'throttled' | 'unauthorised' | 'timed_out' | 'refused' | 'other';

/** The official waits (Xledger contract 3.2), in milliseconds. */
const BURST_WAIT_MS = 5_000;
const CONCURRENCY_WAIT_MS = 1_000;
const CREDITS_WAIT_MS = 20 * 60_000;

/** Whether "Your query timed out." stands anywhere in a text. */
export function saysTimedOut(text: string): boolean {
  return /your query timed out/i.test(text);
}

/** Tells what kind of error it is, by code where there is one, else by text. */
export function kindOf(error: WireError): ErrorKind {
  if (saysTimedOut(error.message)) return 'timed_out';
  if (waitOf(error, 0) !== null) return 'throttled';
  if (error.message.startsWith('Bad format for API Token')) return 'unauthorised';
  const code = error.extensions.code ?? error.code;
  if (code === 'INVALID_VALUE' || code === 'ARGUMENTS_OF_CORRECT_TYPE') return 'refused';
  return /^Cannot query field|No value matching/.test(error.message) ? 'refused' : 'other';
}

/**
 * How long the rate limits among the errors make us wait.
 *
 * @param nowMs the remote's time, in milliseconds since 1970
 * @returns milliseconds, not clamped; null if none is a rate limit
 */
export function longestWait(errors: readonly WireError[], nowMs: number): number | null {
  const waits = errors.map((error) => waitOf(error, nowMs)).filter((wait) => wait !== null);
  return waits.length === 0 ? null : Math.max(...waits);
}

/** The code is the error's own (C); GraphQL's usual place, the extensions, is read as well (A). */
function waitOf(error: WireError, nowMs: number): number | null {
  const codes = [error.code, error.extensions.code];
  if (codes.includes('BAD_REQUEST.BURST_RATE_LIMIT_REACHED')) return BURST_WAIT_MS;
  if (codes.includes('BAD_REQUEST.CONCURRENCY_LIMIT_REACHED')) return CONCURRENCY_WAIT_MS;
  if (!codes.includes('BAD_REQUEST.INSUFFICIENT_CREDITS')) return null;
  const waitMs = parseResetAt(error.extensions.resetAt ?? '') - nowMs;
  return waitMs > 0 ? waitMs : CREDITS_WAIT_MS;
}

const RESET_AT =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/;

const CENTRAL_EUROPE = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Oslo',
  timeZoneName: 'longOffset',
});

/**
 * A (Xledger contract 8.2): ISO 8601, a blank or nothing after the day too; where no zone is given,
 * Central European time, in which Xledger keeps its other times. Around a change to or from summer time it may be an hour off.
 *
 * @returns milliseconds since 1970; NaN if it isn't that
 */
function parseResetAt(text: string): number {
  const [, day, time = '00:00:00', given] = RESET_AT.exec(text.trim()) ?? [];
  const local = `${day}T${time.replace(/^(\d{2}:\d{2})$/, '$1:00')}`;
  const asUtc = Date.parse(`${local}Z`);
  if (day === undefined || Number.isNaN(asUtc)) return Number.NaN;
  const zone = given?.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const central = / GMT([+-]\d{2}:\d{2})$/.exec(CENTRAL_EUROPE.format(asUtc))?.[1];
  return Date.parse(`${local}${zone ?? central ?? 'Z'}`);
}
