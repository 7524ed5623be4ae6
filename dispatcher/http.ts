/**
 * The dispatcher's HTTP: one client per attempt, with the attempt's deadline, a byte cap, a check
 * of where it connects to, and the lease check right before lines are written.
 *
 * What it tells apart is whether anything was written to a connected socket. That is known from
 * the socket, never from an error's code: ECONNRESET occurs before and after (docs/states.md).
 */
import { createHash } from 'node:crypto';
import dns from 'node:dns';
import { performance } from 'node:perf_hooks';
import fetch, { FetchError } from 'node-fetch';
import { createAgents } from './http-agents.ts';
import { addressProblem, publicOnly, type Resolve } from './outgoing-address.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Already serialised. */
  readonly body?: string;
  /** True for a request that can change the books: the lease is checked right before its first byte. */
  readonly carriesLines?: boolean;
}

/** What is read from an answer's headers; names in any case. */
export interface AnswerHeaders {
  get(name: string): string | null;
}

/** An answer with its whole body, or what kept us from one. */
export type HttpResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: AnswerHeaders;
      readonly text: string;
      /** The body was cut by the byte cap, the deadline or the peer; status and headers are good. */
      readonly isTruncated: boolean;
    }
  /** Nothing was written to a connected socket: refused, DNS, TLS, forbidden address. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** We held back: the lease no longer holds, the time is up or it was aborted. Nothing was written. */
  | { readonly kind: 'lease_lost'; readonly message: string }
  /** Something was written and no status came back: cut, timed out. */
  | { readonly kind: 'no_answer'; readonly message: string };

export interface HttpClient {
  /** Whether `http:`, loopback and private networks are allowed. */
  readonly allowsPrivateAddresses: boolean;
  /** Never throws for what the network or the remote does. 3xx is answered, never followed. */
  request(request: HttpRequest): Promise<HttpResult>;
}

/** What is told about a finished request: nothing secret, no query, no body. */
export interface HttpObservation {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly kind: HttpResult['kind'];
  readonly status: number | null;
  readonly durationMs: number;
  /** The remote's own id of the request, if it gave one. */
  readonly remoteRequestId: string | null;
}

export interface HttpClientOptions {
  /** When all requests together must have ended, body included; on `performance.now()`'s clock, ms. */
  readonly deadlineAt: number;
  /** How much of one body is read. Default 5 MiB. */
  readonly maxBodyBytes?: number;
  /** Whether the lease still holds; asked right before the first byte of a request with lines. */
  readonly mayWrite: () => boolean;
  /** Allows `http:`, loopback and private networks: for tests, the demo, a proxy of one's own. */
  readonly allowPrivateAddresses: boolean;
  /** Finds the addresses of a name, which are checked; left out: the system's resolver. */
  readonly resolve?: Resolve;
  /** Ends what is under way, and all requests after. */
  readonly signal?: AbortSignal;
  readonly observe?: (observation: HttpObservation) => void;
}

/** A client that holds connections: close it when the attempt has ended. */
export interface ClosableHttpClient extends HttpClient {
  close(): void;
}

const DEFAULT_MAX_BODY_BYTES = 5 * 1024 * 1024;
/** Longer than any attempt; `setTimeout` can't count past it. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What is known of the request under way. */
interface Flight {
  readonly carriesLines: boolean;
  hasWritten: boolean;
  isLeaseLost: boolean;
}

/**
 * Makes the client of one attempt. Requests run one after the other, over one connection per host
 * that is kept alive between them; none is ever repeated by the client.
 */
export function createHttpClient(options: HttpClientOptions): ClosableHttpClient {
  const ending = new AbortController();
  let ended: 'deadline' | 'stopped' | null = null;
  let flight: Flight | null = null;
  let tail: Promise<unknown> = Promise.resolve();

  /** Asked by the socket before each write that would leave the process. */
  function beforeWrite(): boolean {
    if (flight === null || flight.isLeaseLost) return false;
    if (!flight.hasWritten && flight.carriesLines && !options.mayWrite()) {
      flight.isLeaseLost = true;
      return false;
    }
    flight.hasWritten = true;
    return true;
  }

  const agents = createAgents({
    beforeWrite,
    ...(options.allowPrivateAddresses ? {} : { lookup: publicOnly(options.resolve ?? dns.lookup) }),
  });

  function end(reason: 'deadline' | 'stopped'): void {
    ended ??= reason;
    ending.abort();
  }
  const stop = () => end('stopped');
  // One timer and one signal of our own: AbortSignal.any and .timeout hold on to a signal that
  // outlives the attempt, and may be collected before they fire (Node 20).
  const remainingMs = options.deadlineAt - performance.now();
  const timer = setTimeout(() => end('deadline'), Math.min(remainingMs, LONGEST_TIMER_MS)).unref();
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted) stop();

  async function send(request: HttpRequest): Promise<HttpResult> {
    const problem = addressProblem(request.url, options.allowPrivateAddresses);
    if (problem !== null) return { kind: 'unreachable', message: problem };
    const url = new URL(request.url);

    // A timer may fire late, after the process was stopped and continued.
    if (performance.now() >= options.deadlineAt) end('deadline');
    if (ended !== null) return heldBack(ended);
    const current: Flight = {
      carriesLines: request.carriesLines ?? false,
      hasWritten: false,
      isLeaseLost: false,
    };
    flight = current;
    try {
      const response = await fetch(url, {
        method: request.method,
        headers: { ...request.headers, 'accept-encoding': 'identity' },
        ...(request.body === undefined ? {} : { body: request.body }),
        agent: url.protocol === 'https:' ? agents.https : agents.http,
        redirect: 'manual',
        compress: false,
        signal: ending.signal,
      });
      const body = await readBody(response.body, options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES);
      return { kind: 'answer', status: response.status, headers: response.headers, ...body };
    } catch (error) {
      if (current.isLeaseLost) return heldBack('lease');
      const message = ended === 'deadline' ? 'timed out' : describe(error);
      if (current.hasWritten) return { kind: 'no_answer', message };
      if (ended === 'stopped') return heldBack('stopped');
      return { kind: 'unreachable', message };
    } finally {
      flight = null;
    }
  }

  async function observed(request: HttpRequest): Promise<HttpResult> {
    const startedAt = performance.now();
    const result = await send(request);
    const url = URL.canParse(request.url) ? new URL(request.url) : null;
    const headers = result.kind === 'answer' ? result.headers : null;
    options.observe?.({
      method: request.method,
      host: url?.host ?? '',
      path: url?.pathname ?? '',
      kind: result.kind,
      status: result.kind === 'answer' ? result.status : null,
      durationMs: Math.round(performance.now() - startedAt),
      remoteRequestId: headers?.get('request-id') ?? headers?.get('ms-correlation-x') ?? null,
    });
    return result;
  }

  return {
    allowsPrivateAddresses: options.allowPrivateAddresses,
    request(request) {
      const result = tail.then(() => observed(request));
      tail = result.catch(() => undefined);
      return result;
    },
    close() {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
      stop();
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function heldBack(why: 'lease' | 'deadline' | 'stopped'): HttpResult {
  const message = {
    lease: 'the lease ended before the request was sent',
    deadline: 'the attempt ran out of time before the request was sent',
    stopped: 'the attempt was stopped before the request was sent',
  }[why];
  return { kind: 'lease_lost', message };
}

/** Reads up to `maxBytes`; what was read so far is given back when the body is cut. */
async function readBody(
  body: NodeJS.ReadableStream | null,
  maxBytes: number,
): Promise<{ text: string; isTruncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isTruncated = false;
  try {
    for await (const chunk of body ?? []) {
      const bytes = Buffer.from(chunk);
      const room = maxBytes - size;
      chunks.push(bytes.subarray(0, room));
      size += bytes.length;
      if (bytes.length > room) {
        isTruncated = true;
        break;
      }
    }
  } catch {
    isTruncated = true;
  }
  return { text: Buffer.concat(chunks).toString('utf8'), isTruncated };
}

/** The network's own words, without the address that node-fetch puts before them. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  const words = error.message.replace(/^request to .* failed, reason: /, '');
  const code = error instanceof FetchError ? error.code : undefined;
  return code === undefined || words.includes(code) ? words : `${code}: ${words}`;
}

/** Hex SHA-256 of a text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
