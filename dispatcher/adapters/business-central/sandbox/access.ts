/** Who may call, and how often: access tokens (contract 7.1) and the rate limit (2.6 and 7.9). */
import { randomBytes, randomUUID } from 'node:crypto';
import type { SandboxAnswer, SandboxRequest } from '../../../../sandbox/sandbox-server.ts';
import { ApiError } from './errors.ts';
import type { ClientOptions, RateLimit } from './options.ts';

const SCOPE = 'https://api.businesscentral.dynamics.com/.default';

/** Gives out access tokens and checks them. */
export class Tokens {
  readonly #clients: readonly ClientOptions[];
  readonly #lifetimeSeconds: number;
  /** By token: when it dies, in milliseconds. */
  readonly #tokens = new Map<string, number>();

  constructor(clients: readonly ClientOptions[], lifetimeSeconds: number) {
    this.#clients = clients;
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  /** Lets every token that was given out die. */
  revoke(): void {
    this.#tokens.clear();
  }

  /** Answers the token endpoint. */
  answer(request: SandboxRequest): SandboxAnswer {
    if (request.method !== 'POST') return oauthError(405, 'invalid_request', 900561, 'POST only.');
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('application/x-www-form-urlencoded')) {
      return oauthError(400, 'invalid_request', 900144, 'The request body must be a form.');
    }
    const form = new URLSearchParams(request.text);
    if (form.get('grant_type') !== 'client_credentials') {
      return oauthError(400, 'unsupported_grant_type', 70003, 'The grant type is not supported.');
    }
    const client = this.#clients.find(({ client_id }) => client_id === form.get('client_id'));
    if (client === undefined) {
      return oauthError(400, 'unauthorized_client', 700016, 'Application was not found.');
    }
    if (form.get('client_secret') !== client.client_secret) {
      return oauthError(401, 'invalid_client', 7000215, 'Invalid client secret provided.');
    }
    if (form.get('scope') !== SCOPE) {
      return oauthError(400, 'invalid_scope', 70011, 'The provided value for scope is not valid.');
    }
    const token = randomBytes(32).toString('base64url');
    this.#tokens.set(token, Date.now() + this.#lifetimeSeconds * 1000);
    return {
      status: 200,
      headers: { 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' },
      body: {
        token_type: 'Bearer',
        expires_in: this.#lifetimeSeconds,
        ext_expires_in: this.#lifetimeSeconds,
        access_token: token,
      },
    };
  }

  /** Throws an ApiError with status 401 unless the header carries a living token. */
  check(authorization: string | undefined): void {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const end = this.#tokens.get(token);
    if (end === undefined || end <= Date.now()) {
      throw new ApiError(
        401,
        'Authentication_InvalidCredentials',
        'The server has rejected the client credentials',
      );
    }
  }
}

/** Counts requests in a sliding window. */
export class RateLimiter {
  #limit: RateLimit | null;
  /** When the counted requests came, in milliseconds. */
  #times: number[] = [];

  constructor(limit: RateLimit | null) {
    this.#limit = limit;
  }

  /** Replaces the limit and forgets what was counted; null switches it off. */
  set(limit: RateLimit | null): void {
    this.#limit = limit;
    this.#times = [];
  }

  /** Counts a request; gives the answer 429 if it is one too many. A `$batch` counts as one (assumed). */
  refuse(errorBody: (status: number) => object): SandboxAnswer | null {
    const limit = this.#limit;
    if (limit === null) return null;
    const now = Date.now();
    this.#times = this.#times.filter((time) => time > now - limit.window_ms);
    if (this.#times.length >= limit.max_requests) {
      const wait = limit.retry_after ?? null;
      return {
        status: 429,
        headers: wait === null ? {} : { 'retry-after': wait },
        body: errorBody(429),
      };
    }
    this.#times.push(now);
    return null;
  }
}

/** The shape of Entra's errors is assumed. */
function oauthError(status: number, error: string, code: number, text: string): SandboxAnswer {
  const trace = { trace_id: randomUUID(), correlation_id: randomUUID() };
  const timestamp = new Date().toISOString();
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace.trace_id} Correlation ID: ${trace.correlation_id} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      ...trace,
    },
  };
}
