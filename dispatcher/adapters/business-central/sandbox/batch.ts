/** `POST {base}/$batch` (contract 2.5 and 7.5). */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SandboxAnswer, SandboxRequest } from '../../../../sandbox/sandbox-server.ts';
import type { Api, ApiRequest } from './api.ts';
import { odataAnswer } from './api.ts';
import { ApiError, badRequest, errorAnswer } from './errors.ts';
import { route, segmentsOf } from './routes.ts';

const MAX_OPERATIONS = 100;

const envelopeSchema = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
    }),
  ),
});

type Operation = z.output<typeof envelopeSchema>['requests'][number];

/** What a `$batch` does, each once: `POST journalLines`, `GET journalLines`; null for the rest. */
export function operationOf({ path, text }: SandboxRequest): string | null {
  if (!path.endsWith('/$batch')) return null;
  try {
    const { requests } = envelopeSchema.parse(JSON.parse(text));
    const done = requests.map(({ method, url }) => {
      const resource = url.split('?')[0]?.split('/').at(-1) ?? '';
      return `${method.toUpperCase()} ${resource.replace(/\(.*/, '')}`;
    });
    return [...new Set(done)].join(', ');
  } catch {
    return null;
  }
}

/**
 * Runs the operations in order, through the same code as single requests. With
 * `Isolation: snapshot` a fault undoes them all, yet those that were fine are answered as if they
 * had been kept. With `isLie` nothing is kept whatever happens, and everything is answered as
 * created.
 */
export function runBatch(api: Api, request: ApiRequest, isLie: boolean): SandboxAnswer {
  const parsed = envelopeSchema.safeParse(request.body);
  if (!parsed.success) throw badRequest('Invalid Request Body');
  const operations = parsed.data.requests;
  if (operations.length > MAX_OPERATIONS) {
    // Status and words are known, the code is assumed.
    throw new ApiError(
      500,
      'Internal_ServerError',
      `The batch holds more than the maximum number of '${MAX_OPERATIONS}' query operations and change sets allowed.`,
    );
  }
  const isSnapshot = request.headers['isolation']?.toLowerCase() === 'snapshot';
  const goesOn = /continue-on-error(?!\s*=\s*false)/i.test(request.headers['prefer'] ?? '');
  let before = api.store.snapshot();
  let isFailed = false;
  const responses: object[] = [];
  for (const [index, operation] of operations.entries()) {
    const answer = runOperation(api, request, operation, isLie);
    responses.push({
      id: operation.id,
      status: answer.status,
      headers: answer.headers ?? {},
      body: answer.body,
    });
    if (answer.status >= 400) {
      isFailed = true;
      // A fault in the first operation gives one sub-response only. After a later fault the rest
      // still runs and answers, which is assumed; without isolation the first fault ends it.
      if (isSnapshot ? index === 0 : !goesOn) break;
    } else if (!isLie && isPost(operation)) {
      // Posting commits, and with it all that came before (assumed for batches).
      before = api.store.snapshot();
    }
  }
  if (isLie || (isSnapshot && isFailed)) api.store.restore(before);
  return odataAnswer(200, { responses }, { 'content-type': 'application/json' });
}

/** Whether a body is that of a `$batch` in which nothing is written. */
export function onlyReads(body: unknown): boolean {
  const parsed = envelopeSchema.safeParse(body);
  return (
    parsed.success && parsed.data.requests.every(({ method }) => method.toUpperCase() === 'GET')
  );
}

/** A fault of one request as its answer; what isn't an ApiError is a bug and thrown on. */
export function answerOf(run: () => SandboxAnswer): SandboxAnswer {
  try {
    return run();
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error);
    throw error;
  }
}

function runOperation(
  api: Api,
  outer: ApiRequest,
  operation: Operation,
  isLie: boolean,
): SandboxAnswer {
  const answer = answerOf(() => {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(operation.headers ?? {})) {
      headers[name.toLowerCase()] = value;
    }
    const [path = '', ...query] = operation.url.split('?');
    return route(api, {
      method: operation.method.toUpperCase(),
      segments: segmentsOf(decode(path)),
      query: new URLSearchParams(query.join('?')),
      headers,
      body: operation.body,
      base: outer.base,
    });
  });
  if (answer.status < 400) return answer;
  if (isLie) {
    const sent = typeof operation.body === 'object' ? operation.body : {};
    return odataAnswer(201, { id: randomUUID(), ...sent });
  }
  if (!api.settings.batchErrorsAreUnknown) return answer;
  const { error } = answer.body as { error: { message: string } };
  return { ...answer, body: { error: { code: 'Unknown', message: error.message } } };
}

function isPost(operation: Operation): boolean {
  return /\/microsoft\.nav\.post$/i.test(operation.url);
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw badRequest(`The request URI '${path}' is not valid.`);
  }
}
