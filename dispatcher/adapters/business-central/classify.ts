/**
 * What an answer, or none, means for the claims it concerned: the table in docs/states.md, for
 * requests up to and including the one that carries a claim's lines. Pure.
 */
import { z } from 'zod';
import type { Failure } from '../adapter.ts';
import { retryAfterOf } from './retry-after-of.ts';
import type { SubAnswer } from './envelope.ts';
import { misfitOf } from './shape.ts';

export const SAME_KEY_EXISTS = 'Internal_EntityWithSameKeyExists';

/** Why a request didn't give what was asked for. */
export interface Problem {
  readonly kind:
    | 'unreachable' // nothing was written
    | 'lease_lost' // we held back; nothing was written
    | 'no_answer' // written, and no status came
    | 'unreadable' // its body would decide, and is cut or has another shape
    | 'journal_gone' // our own journal or line is answered by 404: a question, never a pause
    | 'token_died' // a 401 within an answered envelope: a new token is to be asked for
    | 'sign_in_refused' // the token's address refused our credentials
    | 'status'; // any other status that isn't a success
  readonly status: number | null;
  /** The remote's code of the error, if it gave one. */
  readonly code: string | null;
  /** The remote's or the network's words. */
  readonly message: string;
  readonly retryAfterMs: number | null;
}

export interface Verdict {
  readonly outcome: 'rejected' | 'not_applied' | 'unknown';
  readonly failure: Failure | null;
}

const UNKNOWN: Verdict = { outcome: 'unknown', failure: null };
const REJECTED: Verdict = { outcome: 'rejected', failure: null };
const MISCONFIGURED: Verdict = { outcome: 'not_applied', failure: 'configuration' };
const THROTTLED: Verdict = { outcome: 'not_applied', failure: 'throttled' };

/** The verdict on a problem of a request that came before the lines, or carried them. */
export function verdictOf(problem: Problem): Verdict {
  switch (problem.kind) {
    case 'unreachable':
      return { outcome: 'not_applied', failure: 'unreachable' };
    case 'lease_lost':
      return { outcome: 'not_applied', failure: null };
    case 'sign_in_refused':
      return MISCONFIGURED;
    case 'token_died':
      return THROTTLED;
    case 'journal_gone':
    case 'no_answer':
    case 'unreadable':
      return UNKNOWN;
    case 'status':
      return verdictOfStatus(problem.status ?? 0, problem.code);
  }
}

/**
 * The verdict on a problem of a request that no claim was in, such as a look for our journal. What
 * refuses that refuses no claim: the set-up doesn't fit the remote.
 */
export function verdictBeforeLines(problem: Problem): Verdict {
  const verdict = verdictOf(problem);
  return verdict.outcome === 'rejected' ? MISCONFIGURED : verdict;
}

/**
 * Codes that don't speak of what was sent: somebody changed the record meanwhile, or the server
 * failed. Which status comes with them isn't documented, so a 400 beside them refuses nothing.
 */
const OPEN_CODES: readonly (string | null)[] = [
  'Request_EntityChanged',
  'Internal_ServerError',
  'Internal_TenantUnavailable',
];

/** The verdict on a status; a 401 has been met with a new token before it gets here. */
export function verdictOfStatus(status: number, code: string | null): Verdict {
  if (code === SAME_KEY_EXISTS) return UNKNOWN;
  if ((status === 400 || status === 422) && OPEN_CODES.includes(code)) return UNKNOWN;
  if (status === 429) return THROTTLED;
  if ([401, 403, 404, 405].includes(status) || (status >= 300 && status < 400)) {
    return MISCONFIGURED;
  }
  if ([400, 413, 415, 422].includes(status)) return REJECTED;
  return UNKNOWN;
}

/** What an answered envelope with `Isolation: snapshot` says about the claims in it. */
export type EnvelopeVerdict =
  /** Every operation claims to have succeeded, which only a read-back proves. */
  | { readonly kind: 'written' }
  /** These claims were refused for their own sake; the envelope's others are undone. */
  | { readonly kind: 'rejected'; readonly claims: ReadonlyMap<string, RemoteError> }
  /** One verdict for all claims of the envelope. */
  | {
      readonly kind: 'all';
      readonly verdict: Verdict;
      readonly error: RemoteError;
      /** As the operation that decided was told, in milliseconds; null if it wasn't. */
      readonly retryAfterMs: number | null;
    };

export interface RemoteError {
  readonly status: number;
  readonly message: string;
}

/**
 * Judges the sub-answers. Where several operations failed, the worst decides: if one leaves the
 * outcome open, it is open for the envelope, since all operations share one transaction.
 *
 * @param claimOf the claim that an operation's id belongs to, or undefined
 * @param operationCount how many operations were sent
 */
export function judgeEnvelope(
  answers: readonly SubAnswer[],
  operationCount: number,
  claimOf: (id: string) => string | undefined,
): EnvelopeVerdict {
  const failed = answers
    .filter(({ status }) => status < 200 || status >= 300)
    .map((answer) => {
      const { id, status, body } = answer;
      const { code, message } = wordsOf(answer);
      const verdict = verdictOfOperation(status, body, code);
      const retryAfterMs = retryAfterOf(answer);
      return { claimId: claimOf(id), verdict, error: { status, message }, retryAfterMs };
    });
  const worst =
    failed.find(({ verdict }) => verdict.outcome === 'unknown') ??
    failed.find(({ verdict }) => verdict.outcome === 'not_applied');
  if (worst !== undefined) {
    const { verdict, error, retryAfterMs } = worst;
    return { kind: 'all', verdict, error, retryAfterMs };
  }

  const [first] = failed;
  if (first !== undefined) {
    const claims = new Map<string, RemoteError>();
    for (const { claimId, error } of failed) {
      if (claimId === undefined) {
        return { kind: 'all', verdict: REJECTED, error, retryAfterMs: null };
      }
      if (!claims.has(claimId)) claims.set(claimId, error);
    }
    return { kind: 'rejected', claims };
  }
  const answered = new Set(answers.map(({ id }) => id));
  if (answered.size !== operationCount || ![...answered].every((id) => claimOf(id) !== undefined)) {
    const message = `${String(answered.size)} of ${String(operationCount)} operations answered`;
    return { kind: 'all', verdict: UNKNOWN, error: { status: 200, message }, retryAfterMs: null };
  }
  return { kind: 'written' };
}

function verdictOfOperation(status: number, body: unknown, code: string | null): Verdict {
  // The operation's address names our own journal: gone, it needs a question, not a pause.
  if (status === 404) return UNKNOWN;
  // The envelope's own token was good a moment ago: the next attempt comes with a new one.
  if (status === 401) return THROTTLED;
  if (isWordless(status, body)) return UNKNOWN;
  return verdictOfStatus(status, code);
}

/** Without its words a refusal may be that of a taken key. */
export function isWordless(status: number, body: unknown): boolean {
  return (status === 400 || status === 422) && errorMisfit(body) !== null;
}

/** The code and the words of an operation's own answer; what its body should have held, if it hasn't. */
export function wordsOf({ status, body }: SubAnswer): {
  readonly code: string | null;
  readonly message: string;
} {
  const words = readError(status, body);
  if (!isWordless(status, body)) return words;
  return { ...words, message: `${words.message}: ${errorMisfit(body) ?? ''}` };
}

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** What keeps an error's body from the shape that they have (contract 2.6); null if it has it. */
export function errorMisfit(body: unknown): string | null {
  const parsed = errorBody.safeParse(body);
  return parsed.success ? null : misfitOf(parsed.error);
}

/** The code and the words of an error body (contract 2.6); the status alone if it has none. */
export function readError(
  status: number,
  body: unknown,
): { readonly code: string | null; readonly message: string } {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return { code: null, message: `HTTP ${String(status)}` };
  const { code, message } = parsed.data.error;
  return {
    code: isSameKey(message) ? SAME_KEY_EXISTS : code,
    message: `${code}: ${message}`,
  };
}

/**
 * Inside an envelope a refusal may bear the code `Unknown` (contract 2.5). Taken for a refusal for
 * the claim's own sake, a taken key would release a claim that is there already.
 */
function isSameKey(message: string): boolean {
  return /already exists\. Identification fields/i.test(message);
}
