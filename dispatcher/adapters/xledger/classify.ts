/**
 * What an answer of Xledger's means (Xledger contract 3.2 and 8.2). Pure.
 *
 * Errors are looked at first, whatever the status: rate limits and refusals come under HTTP 200.
 */
import { z } from 'zod';
import type { Failure } from '../adapter.ts';
import type { HttpResult } from '../../http.ts';
import { parseRetryAfter } from '../../retry-after.ts';
import { misfitOf } from './misfit.ts';
import { kindOf, longestWait, saysTimedOut, wireErrorSchema } from './wire-errors.ts';
import type { WireError } from './wire-errors.ts';

/** The `data` of an answer without errors. */
export interface Data {
  readonly kind: 'data';
  readonly data: Readonly<Record<string, unknown>>;
  readonly httpStatus: number;
}

/** Anything but data, and what follows from it for a request that could book something. */
export interface Problem {
  readonly kind: 'problem';
  readonly outcome: 'rejected' | 'not_applied' | 'unknown';
  readonly failure: Failure | null;
  /** Milliseconds, as told and not clamped; null if nothing was told. */
  readonly retryAfterMs: number | null;
  readonly httpStatus: number | null;
  readonly message: string;
  /** The token was not taken: worth one more try before it counts. */
  readonly isUnauthorised: boolean;
  /** What the remote found wrong; empty unless `outcome` is `rejected`. */
  readonly refusals: readonly Refusal[];
}

/** One error by which Xledger refused a request. */
export interface Refusal {
  readonly message: string;
  /** From its extensions, or its own; null if there is none. */
  readonly code: string | null;
  readonly path: readonly (string | number)[];
}

export type Reply = Data | Problem;

const bodySchema = z.looseObject({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(wireErrorSchema).nullish(),
});

const MAX_MESSAGE_LENGTH = 500;

/** A question that is refused says nothing about the claims: somebody has to mend the asking. */
export function refusedQuestion(problem: Problem): Problem {
  if (problem.outcome !== 'rejected') return problem;
  return { ...problem, outcome: 'not_applied', failure: 'configuration' };
}

/** Cuts a message to the length that is reported. */
export function clip(message: string): string {
  return message.slice(0, MAX_MESSAGE_LENGTH);
}

/**
 * Tells what one request came to.
 *
 * @param result what the HTTP client gave
 * @param nowMs our own time, used only where the answer has no `Date`
 */
export function classify(result: HttpResult, nowMs: number): Reply {
  if (result.kind === 'unreachable') {
    return problem('not_applied', null, result.message, { failure: 'unreachable' });
  }
  if (result.kind === 'lease_lost') return problem('not_applied', null, result.message);
  if (result.kind === 'no_answer') return problem('unknown', null, result.message);

  const { status } = result;
  const { body, misfit } = result.isTruncated ? CUT : parseBody(result.text);
  const errors = body?.errors ?? [];
  const message = describe(status, errors, result.isTruncated);

  const isClean = Boolean(body?.data) && errors.length === 0 && status >= 200 && status < 300;
  // Whatever the status and wherever it stands: the request may have been applied.
  if (!isClean && saysTimedOut(result.text)) return problem('unknown', status, message);
  if (status === 408 || status >= 500) return problem('unknown', status, message);
  if (status === 401) {
    return problem('not_applied', status, message, {
      failure: 'configuration',
      isUnauthorised: true,
    });
  }
  if ([403, 404, 405].includes(status) || (status >= 300 && status < 400)) {
    return problem('not_applied', status, message, { failure: 'configuration' });
  }
  if (status === 429) {
    const header = result.headers.get('retry-after');
    const told = parseRetryAfter(header, result.headers.get('date'), nowMs);
    const retryAfterMs = told ?? longestWait(errors, answeredAt(result.headers, nowMs));
    return problem('not_applied', status, message, { failure: 'throttled', retryAfterMs });
  }

  const isRefusal = [400, 413, 415, 422].includes(status);
  if (!isRefusal && (status < 200 || status >= 300)) return problem('unknown', status, message);
  if (errors.length > 0) {
    if (Object.values(body?.data ?? {}).some((value) => value !== null)) {
      return problem('unknown', status, `data beside errors: ${message}`);
    }
    return classifyErrors(
      errors,
      namesRefusal(status, errors),
      status,
      message,
      answeredAt(result.headers, nowMs),
    );
  }
  if (namesRefusal(status, errors)) return problem('rejected', status, message);
  if (isRefusal) return problem('unknown', status, `no GraphQL errors: ${message}, ${misfit}`);
  if (!body?.data) return problem('unknown', status, `not understood: ${message}, ${misfit}`);
  return { kind: 'data', data: body.data, httpStatus: status };
}

/**
 * Whether the status alone makes a refusal of what its errors don't name. 413 and 415 are given
 * before a body is read; a 400 or 422 without GraphQL errors may come from something in between that
 * knows nothing of what became of the request.
 */
function namesRefusal(status: number, errors: readonly WireError[]): boolean {
  if (status === 413 || status === 415) return true;
  if (status !== 400 && status !== 422) return false;
  return errors.length > 0 && errors.every(({ message }) => message !== '');
}

/** One answer may hold several errors; the least certain of them decides. */
function classifyErrors(
  errors: readonly WireError[],
  isNamed: boolean,
  status: number,
  message: string,
  nowMs: number,
): Problem {
  const kinds = new Set(errors.map(kindOf));
  if (kinds.has('timed_out')) return problem('unknown', status, message);
  // What isn't named is unknown under 200; under 400 and its kin, the status names it.
  if (kinds.has('other') && !isNamed) return problem('unknown', status, message);
  if (kinds.has('throttled')) {
    return problem('not_applied', status, message, {
      failure: 'throttled',
      retryAfterMs: longestWait(errors, nowMs),
    });
  }
  if (kinds.has('unauthorised')) {
    return problem('not_applied', status, message, {
      failure: 'configuration',
      isUnauthorised: true,
    });
  }
  const refusals = errors.map(({ message, path, code, extensions }) => {
    return { message, path, code: extensions.code ?? code };
  });
  return problem('rejected', status, message, { refusals });
}

/** The remote's clock, so that a wrong one of ours doesn't matter. */
function answeredAt(headers: { get(name: string): string | null }, nowMs: number): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? nowMs : date;
}

interface Parsed {
  readonly body: z.output<typeof bodySchema> | null;
  /** Where the body isn't what we understand. */
  readonly misfit: string;
}

const CUT: Parsed = { body: null, misfit: 'and not whole' };

function parseBody(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { body: null, misfit: 'the body is no JSON' };
  }
  const parsed = bodySchema.safeParse(value);
  if (!parsed.success) return { body: null, misfit: misfitOf(parsed.error) };
  return { body: parsed.data, misfit: 'data: nothing is there' };
}

/** The remote's words where they are GraphQL errors; never a page of HTML. */
function describe(status: number, errors: readonly WireError[], isTruncated: boolean): string {
  if (errors.length === 0) return `HTTP ${status}${isTruncated ? ', the body was cut' : ''}`;
  const words = errors.map(
    ({ code, message }) => [code, message].filter(Boolean).join(': ') || 'an error without words',
  );
  return clip(words.join('; '));
}

function problem(
  outcome: Problem['outcome'],
  httpStatus: number | null,
  message: string,
  more: Partial<Problem> = {},
): Problem {
  return {
    kind: 'problem',
    outcome,
    failure: null,
    retryAfterMs: null,
    httpStatus,
    message,
    isUnauthorised: false,
    refusals: [],
    ...more,
  };
}
