/**
 * One attempt or one question, from the batch to rows for the trail: the HTTP client with its
 * deadline and lease check, the adapter's call, masking, and what to say when an adapter fails.
 */
import { performance } from 'node:perf_hooks';

import type {
  Adapter,
  AnswerResult,
  AttemptResult,
  FrozenInput,
  ProducedFile,
} from './adapters/adapter.ts';
import type { Config } from './config.ts';
import type { Credential } from './credentials.ts';
import { createHttpClient, type HttpClient, type HttpRequest } from './http.ts';
import type { LeaseClock } from './lease-clock.ts';
import { errorFields, type Log } from './log.ts';
import { createMask } from './mask.ts';
import type { ResultRow, Start } from './queue.ts';

export interface Circumstances {
  readonly start: Start & { isStarted: true };
  /** Whether the lease still holds. */
  readonly clock: LeaseClock;
  readonly adapter: Adapter;
  /** A text says why there is none. */
  readonly credential: Credential | string;
  /** Reads it once more: it may have been rotated. */
  readonly readCredential?: () => Promise<Credential | string>;
  readonly config: Pick<Config, 'allowPrivateEndpoints' | 'maxBodyBytes'>;
  readonly log: Log;
  /** Cuts what is under way. */
  readonly signal: AbortSignal;
}

/**
 * Submits the open claims. `record` is awaited after each envelope; it answers whether the run is
 * still ours to send.
 */
export async function runAttempt(
  circumstances: Circumstances & {
    readonly record: (rows: readonly ResultRow[]) => Promise<boolean>;
  },
): Promise<void> {
  const { start, credential, record } = circumstances;
  const tokens = new Set<string>();
  const mask = masker(circumstances, tokens);
  const toRow = rowMaker(mask);
  const reported = new Set<string>();
  const open = () => start.batch.openClaimIds.filter((id) => !reported.has(id));
  if (typeof credential === 'string') {
    await record([toRow(failedAttempt(open(), 'not_applied', credential, 'configuration'))]);
    return;
  }
  let hasSentLines = false;
  const http = openClient(circumstances, tokens, () => {
    hasSentLines = true;
  });
  try {
    await circumstances.adapter.submit(start.batch, { http, credential }, async (results) => {
      for (const id of results.flatMap((result) => result.claimIds)) reported.add(id);
      const isOurs = await record((await sparingRotated(circumstances, results)).map(toRow));
      // The sweep was faster: whatever this machine's clocks say, nothing more is written.
      if (!isOurs) circumstances.clock.set(0);
    });
    if (open().length > 0) throw new Error('the adapter reported nothing for some claims');
  } catch (error) {
    // A bug in an adapter or a mapper. Whether anything was sent is known all the same.
    if (open().length === 0) throw error;
    circumstances.log('error', 'adapter.failed', failure(circumstances, error));
    const message = `The adapter failed: ${errorFields(error).message}`;
    await record([
      toRow(failedAttempt(open(), hasSentLines ? 'unknown' : 'not_applied', message, null)),
    ]);
  } finally {
    http.close();
  }
}

/** Asks for the open claims. */
export async function runQuestion(circumstances: Circumstances): Promise<ResultRow[]> {
  const { start, credential } = circumstances;
  const tokens = new Set<string>();
  const mask = masker(circumstances, tokens);
  const toRow = rowMaker(mask);
  if (typeof credential === 'string') {
    return [toRow(failedAnswer(start.batch.openClaimIds, credential, 'configuration'))];
  }
  const http = openClient(circumstances, tokens, () => undefined);
  try {
    const answers = await circumstances.adapter.findExisting(start.batch, {
      http,
      credential,
    });
    const answered = new Set(answers.flatMap(({ claimIds }) => claimIds));
    const missing = start.batch.openClaimIds.filter((id) => !answered.has(id));
    const silence = 'the adapter told nothing of these claims';
    const all = [...answers, ...(missing.length > 0 ? [failedAnswer(missing, silence, null)] : [])];
    return (await sparingRotated(circumstances, all)).map(toRow);
  } catch (error) {
    circumstances.log('error', 'adapter.failed', failure(circumstances, error));
    const message = `The adapter failed: ${errorFields(error).message}`;
    return [toRow(failedAnswer(start.batch.openClaimIds, message, null))];
  } finally {
    http.close();
  }
}

/** What a client and a mask are made from: of an attempt, a question or a follow-up. */
export type Setting = Omit<Circumstances, 'start' | 'adapter'> & {
  readonly start: {
    readonly sendTimeoutMs: number;
    readonly batch: {
      readonly organisationId: string;
      readonly runId: string | null;
      readonly input: FrozenInput;
    };
  };
};

/** The HTTP client of one attempt; close it. It remembers the tokens that it sends, for the mask. */
export function openClient(
  { start, clock, config, log, signal }: Setting,
  tokens: Set<string>,
  onLines: () => void,
): HttpClient & { close(): void } {
  const client = createHttpClient({
    deadlineAt: performance.now() + start.sendTimeoutMs - clock.elapsedMs(),
    maxBodyBytes: config.maxBodyBytes,
    allowPrivateAddresses: config.allowPrivateEndpoints,
    mayWrite: () => clock.holds(),
    signal,
    observe: (seen) =>
      log('debug', 'request.finished', {
        run_id: start.batch.runId,
        method: seen.method,
        host: seen.host,
        path: seen.path,
        outcome: seen.kind,
        http_status: seen.status,
        duration_ms: Math.round(seen.durationMs),
        remote_request_id: seen.remoteRequestId,
      }),
  });
  let hasWarned = false;
  return {
    allowsPrivateAddresses: config.allowPrivateEndpoints,
    request: (request) => {
      if (config.allowPrivateEndpoints && !hasWarned) {
        // Loud on purpose: with this switch an organisation's address may lead anywhere.
        hasWarned = true;
        log('warn', 'address.unchecked', {
          organisation_id: start.batch.organisationId,
          run_id: start.batch.runId,
          host: URL.canParse(request.url) ? new URL(request.url).host : '',
          message: 'ALLOW_PRIVATE_ENDPOINTS is on',
        });
      }
      if (request.carriesLines === true) onLines();
      const token = tokenOf(request);
      if (token !== null) tokens.add(token);
      return client.request(request);
    },
    close: () => client.close(),
  };
}

/**
 * A refusal pauses the integration. Not if the secret was rotated meanwhile: the next attempt signs
 * in with the new one.
 */
async function sparingRotated<R extends AttemptResult | AnswerResult>(
  { credential, readCredential }: Circumstances,
  results: readonly R[],
): Promise<readonly R[]> {
  if (!results.some(({ failure }) => failure === 'configuration')) return results;
  const now = (await readCredential?.()) ?? credential;
  const isRotated = typeof now !== 'string' && JSON.stringify(now) !== JSON.stringify(credential);
  return isRotated
    ? results.map((one) => (one.failure === 'configuration' ? { ...one, failure: null } : one))
    : results;
}

/** What stands behind the scheme: `Bearer …`, `token …`. A remote may say it back. */
export function tokenOf(request: HttpRequest): string | null {
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    if (name.toLowerCase() === 'authorization') return value.replace(/^\S+\s+/, '');
  }
  return null;
}

/** Masks with the tokens that are known by then. */
export function masker(
  { start, credential }: Setting,
  tokens: ReadonlySet<string>,
): (text: string) => string {
  const secrets = typeof credential === 'string' ? null : credential;
  return createMask(secrets, start.batch.input, tokens);
}

/** Every text that leaves for the database goes through the mask. */
function rowMaker(mask: (text: string) => string) {
  return (result: AttemptResult | AnswerResult): ResultRow => ({
    envelope_no: 'envelopeNo' in result ? result.envelopeNo : 1,
    outcome: result.outcome,
    claim_ids: result.claimIds,
    http_status: result.httpStatus,
    error_message: result.errorMessage === null ? null : mask(result.errorMessage),
    external_ids: result.externalIds,
    failure: result.failure,
    retry_after_ms: result.retryAfterMs,
    ...('wireSha256' in result ? { wire_sha256: result.wireSha256 } : {}),
    ...('collides' in result
      ? { collides: result.collides, needs_person: result.needsPerson }
      : {}),
    ...('file' in result && result.file !== undefined ? { file: fileRow(result.file) } : {}),
  });
}

function fileRow({
  name,
  format,
  content,
  otherContent,
}: ProducedFile): ResultRow['file'] & object {
  return { name, format, content, other_content: otherContent };
}

/** What kind of error, in which run; its message may quote the payload. */
function failure({ start }: Circumstances, error: unknown) {
  return {
    organisation_id: start.batch.organisationId,
    run_id: start.batch.runId,
    message: error instanceof Error ? error.name : typeof error,
  };
}

function failedAttempt(
  claimIds: readonly string[],
  outcome: 'not_applied' | 'unknown',
  errorMessage: string,
  failure: AttemptResult['failure'],
): AttemptResult {
  return {
    envelopeNo: 0,
    outcome,
    claimIds,
    httpStatus: null,
    errorMessage,
    externalIds: {},
    wireSha256: null,
    failure,
    retryAfterMs: null,
  };
}

function failedAnswer(
  claimIds: readonly string[],
  errorMessage: string,
  failure: AnswerResult['failure'],
): AnswerResult {
  return {
    outcome: 'unclear',
    claimIds,
    httpStatus: null,
    errorMessage,
    externalIds: {},
    collides: false,
    needsPerson: false,
    retryAfterMs: null,
    failure,
  };
}
