/** What an answer of Minibok's means for the claim in the request. Pure; the table of docs/states.md. */
import { z } from 'zod';
import type { Failure } from '../../../dispatcher/adapters/adapter.ts';
import type { HttpResult } from '../../../dispatcher/http.ts';
import { parseRetryAfter } from '../../../dispatcher/retry-after.ts';

/** A success with a body that was read whole and is JSON. */
export interface Success {
  readonly kind: 'success';
  readonly status: number;
  readonly body: unknown;
}

/** Anything else. */
export interface Problem {
  readonly kind: 'problem';
  readonly outcome: 'rejected' | 'not_applied' | 'unknown';
  readonly failure: Failure | null;
  readonly status: number | null;
  readonly message: string;
  readonly retryAfterMs: number | null;
}

const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const MAX_MESSAGE_LENGTH = 500;

export function classify(result: HttpResult, nowMs: number): Success | Problem {
  // Known from the socket, whatever the error is called.
  if (result.kind === 'unreachable') return problem('not_applied', 'unreachable', null, result);
  if (result.kind === 'lease_lost') return problem('not_applied', null, null, result);
  if (result.kind === 'no_answer') return problem('unknown', null, null, result);

  const { status, headers } = result;
  const body = result.isTruncated ? undefined : parse(result.text);
  if (status >= 200 && status < 300 && body !== undefined) return { kind: 'success', status, body };

  const words = errorBody.safeParse(body).data?.error;
  const message = words === undefined ? `HTTP ${status}` : `${words.code}: ${words.message}`;
  const told = (outcome: Problem['outcome'], failure: Failure | null = null) =>
    problem(outcome, failure, status, { message });
  if (status === 429) {
    const retryAfterMs = parseRetryAfter(headers.get('retry-after'), headers.get('date'), nowMs);
    return { ...told('not_applied', 'throttled'), retryAfterMs };
  }
  if ([401, 403, 404, 405].includes(status) || (status >= 300 && status < 400)) {
    return told('not_applied', 'configuration');
  }
  // Given before the body is read.
  if (status === 413 || status === 415) return told('rejected');
  // Without Minibok's words it may come from something in between, which knows nothing.
  if ((status === 400 || status === 422) && words !== undefined) return told('rejected');
  // 409 too: the reference is taken, which may be by us.
  return told('unknown');
}

/** A question that is refused says nothing against the claims: somebody has to mend the asking. */
export function asQuestion(found: Problem): Problem {
  if (found.outcome !== 'rejected') return found;
  return { ...found, outcome: 'not_applied', failure: 'configuration' };
}

/** What was read has another shape than what we know. */
export function unreadable(status: number, what: string): Problem {
  return problem('unknown', null, status, { message: `${what}: the answer has another shape` });
}

function problem(
  outcome: Problem['outcome'],
  failure: Failure | null,
  status: number | null,
  { message }: { readonly message: string },
): Problem {
  return {
    kind: 'problem',
    outcome,
    failure,
    status,
    message: message.slice(0, MAX_MESSAGE_LENGTH),
    retryAfterMs: null,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
