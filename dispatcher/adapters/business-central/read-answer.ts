/** From what HTTP gave to a parsed body or a {@link ProblemError}. */
import type { z } from 'zod';
import type { HttpResult } from '../../http.ts';
import { parseRetryAfter } from '../../retry-after.ts';
import { errorMisfit, readError } from './classify.ts';
import type { Problem } from './classify.ts';
import { ProblemError } from './problem-error.ts';
import { misfitOf } from './shape.ts';

/** An answer with a status of success and a whole JSON body. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * @throws ProblemError unless it is a 2xx with a JSON body that arrived whole.
 */
export function readAnswer(result: HttpResult): JsonAnswer {
  const nothing = { status: null, code: null, retryAfterMs: null };
  if (result.kind !== 'answer') {
    throw new ProblemError({ ...nothing, kind: result.kind, message: result.message });
  }
  const { status, headers } = result;
  const body = result.isTruncated ? undefined : parse(result.text);
  if (status >= 200 && status < 300) {
    if (body === undefined) throw unreadable(status, 'the answer is cut off or not JSON');
    return { status, body };
  }
  // What can't be read may name a taken key: not a refusal that releases claims.
  if (status === 400 || status === 422) {
    if (body === undefined) throw unreadable(status, 'the answer is cut off or not JSON');
    const misfit = errorMisfit(body);
    if (misfit !== null) throw unreadable(status, misfit);
  }
  throw new ProblemError({
    kind: 'status',
    status,
    ...readError(status, body),
    retryAfterMs: parseRetryAfter(headers.get('retry-after'), headers.get('date'), Date.now()),
  });
}

/**
 * For what answers a success by its status alone.
 *
 * @throws ProblemError unless it is a 2xx
 */
export function readDone(result: HttpResult): void {
  const isDone = result.kind === 'answer' && result.status >= 200 && result.status < 300;
  if (!isDone) readAnswer(result);
}

/** An answer whose body would decide, and can't be read. */
export function unreadable(status: number, message: string): ProblemError {
  const problem: Problem = { kind: 'unreadable', status, code: null, message, retryAfterMs: null };
  return new ProblemError(problem);
}

/**
 * A part of an answer in the shape that we need of it; fields that we don't know are passed over.
 *
 * @param what the resource, for the trail
 * @throws ProblemError that names the path that didn't fit
 */
export function readShape<T>(schema: z.ZodType<T>, answer: JsonAnswer, what: string): T {
  const parsed = schema.safeParse(answer.body);
  if (!parsed.success) throw unreadable(answer.status, `${what}: ${misfitOf(parsed.error)}`);
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
