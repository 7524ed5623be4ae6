/** One request to PostgREST, with the token; every failure is a typed error. */
import type { TokenKeeper } from './token.ts';

export type FailureKind = 'offline' | 'unreachable' | 'slow' | 'refused' | 'unreadable';

/** Why a request failed: `refused` is an answer of the API, with its status and code. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: FailureKind;
  readonly status: number | null;
  /** PostgREST's, Postgres's or ours (`AX…`). */
  readonly code: string | null;
  readonly details: string | null;
  readonly hint: string | null;
  /** How long the answer asked to be left alone; null: it didn't. */
  readonly retryAfterMs: number | null;

  constructor(
    kind: FailureKind,
    message: string,
    told: {
      status?: number;
      code?: string;
      details?: string;
      hint?: string;
      retryAfterMs?: number | null;
    } = {},
  ) {
    super(message);
    this.kind = kind;
    this.status = told.status ?? null;
    this.code = told.code ?? null;
    this.details = told.details ?? null;
    this.hint = told.hint ?? null;
    this.retryAfterMs = told.retryAfterMs ?? null;
  }
}

export interface Client {
  readonly baseUrl: string;
  /** For a gateway in front (Supabase), beside the token. */
  readonly apiKey: string | null;
  readonly tokens: TokenKeeper;
  /** Told when the API refused a token, so that the screen can say so. */
  readonly onRefusedToken: () => void;
}

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  readonly accept?: string;
  readonly prefer?: string;
  readonly signal: AbortSignal;
}

const timeoutMs = 20_000;

/**
 * @throws ApiError for whatever isn't a success; the reason of `signal` if that was aborted.
 */
export async function request(
  client: Client,
  path: string,
  options: RequestOptions,
): Promise<Response> {
  const token = await client.tokens.usable(options.signal);
  const first = await sendOnce(client, path, options, token);
  if (first.status !== 401) return checked(first);
  // Refused before anything was done, so sending it again with another token repeats nothing.
  client.tokens.refuse(token);
  client.onRefusedToken();
  const second = await client.tokens.usable(options.signal);
  const answer = await sendOnce(client, path, options, second);
  if (answer.status === 401) {
    client.tokens.refuse(second);
    client.onRefusedToken();
  }
  return checked(answer);
}

async function sendOnce(
  client: Client,
  path: string,
  options: RequestOptions,
  token: string,
): Promise<Response> {
  if (client.baseUrl === '') throw new ApiError('unreachable', 'api-url is not set');
  const url = new URL(`${client.baseUrl.replace(/\/+$/, '')}/${path}`, document.baseURI);
  for (const [key, value] of Object.entries(options.query ?? {})) {
    url.searchParams.append(key, String(value));
  }
  const hasBody = options.body !== undefined;
  const headers = new Headers({
    Authorization: `Bearer ${token}`,
    Accept: options.accept ?? 'application/json',
    'Accept-Profile': 'api',
  });
  if (client.apiKey !== null) headers.set('apikey', client.apiKey);
  if (options.prefer !== undefined) headers.set('Prefer', options.prefer);
  if (hasBody) {
    headers.set('Content-Type', 'application/json');
    headers.set('Content-Profile', 'api');
  }
  const wasOnline = navigator.onLine;
  try {
    return await fetch(url, {
      method: hasBody ? 'POST' : 'GET',
      headers,
      ...(hasBody ? { body: JSON.stringify(options.body) } : {}),
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(timeoutMs)]),
      // The token is in a header; a cookie would only be one more thing that could leak.
      credentials: 'omit',
      cache: 'no-store',
    });
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      throw new ApiError('slow', `no answer within ${timeoutMs / 1000} s`);
    }
    // `offline` means that nothing left this machine: what was under way when the network went may
    // have been received.
    const isOffline = !wasOnline || (!hasBody && !navigator.onLine);
    const kind = isOffline ? 'offline' : 'unreachable';
    throw new ApiError(kind, error instanceof Error ? error.message : String(error));
  }
}

async function checked(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  const text = await answer.text().catch(() => '');
  const told = errorBody(text);
  throw new ApiError('refused', told.message ?? `HTTP ${answer.status}`, {
    status: answer.status,
    retryAfterMs: readRetryAfter(answer.headers.get('Retry-After'), Date.now()),
    ...(told.code === undefined ? {} : { code: told.code }),
    ...(told.details === undefined ? {} : { details: told.details }),
    ...(told.hint === undefined ? {} : { hint: told.hint }),
  });
}

/** Seconds, or a date; null for neither. From another origin it is seen only if it is exposed. */
export function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

interface ErrorBody {
  readonly message?: string;
  readonly code?: string;
  readonly details?: string;
  readonly hint?: string;
}

/** PostgREST's four fields, whichever are texts; a gateway's page has none of them. */
export function errorBody(text: string): ErrorBody {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return {};
    const fields = ['message', 'code', 'details', 'hint'] as const;
    return Object.fromEntries(
      fields
        .map((field) => [field, (body as Record<string, unknown>)[field]] as const)
        .filter(([, value]) => typeof value === 'string'),
    );
  } catch {
    return {};
  }
}

/** The rows of an answer. */
export async function rowsOf<Row>(answer: Response): Promise<Row[]> {
  let body: unknown;
  try {
    body = await answer.json();
  } catch (error) {
    throw new ApiError('unreadable', error instanceof Error ? error.message : String(error));
  }
  if (!Array.isArray(body)) throw new ApiError('unreadable', 'the answer is not a list');
  return body as Row[];
}
