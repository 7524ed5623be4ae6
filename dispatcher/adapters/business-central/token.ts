/**
 * Access tokens by client credentials (contract 2.1 and 7.1).
 *
 * A plain form POST through the attempt's own HTTP client, not an OAuth library: the attempt's
 * deadline, byte cap and address checks must hold for this request too.
 */
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import type { BusinessCentralCredential } from '../../credentials.ts';
import { sha256Hex } from '../../http.ts';
import type { HttpClient } from '../../http.ts';
import { ProblemError } from './problem-error.ts';
import { readAnswer, unreadable } from './read-answer.ts';

const SCOPE = 'https://api.businesscentral.dynamics.com/.default';
/** A token is given up so long before it ends, so that it doesn't end under way. */
const SPARE_MS = 60_000;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive(),
});
const tokenError = z.object({ error: z.string(), error_description: z.string().optional() });

interface CachedToken {
  readonly value: string;
  /** On `performance.now()`'s clock. */
  readonly endsAt: number;
}

/**
 * Keeps one token per address, client and secret. While there is none, each attempt asks for
 * itself: a shared request would hold one attempt up by another's deadline and lease.
 */
export class TokenCache {
  readonly #tokens = new Map<string, CachedToken>();

  /**
   * @returns a token that has at least a minute left when it was cached
   * @throws ProblemError as the request went; `sign_in_refused` for 400 and 401
   */
  async get(
    http: HttpClient,
    tokenUrl: string,
    credential: BusinessCentralCredential,
  ): Promise<string> {
    const key = keyOf(tokenUrl, credential);
    const cached = this.#tokens.get(key);
    if (cached !== undefined && performance.now() < cached.endsAt) return cached.value;
    return this.#ask(http, tokenUrl, credential, key);
  }

  /** Forgets a token that was refused, unless a newer one is there already. */
  forget(tokenUrl: string, credential: BusinessCentralCredential, token: string): void {
    const key = keyOf(tokenUrl, credential);
    if (this.#tokens.get(key)?.value === token) this.#tokens.delete(key);
  }

  async #ask(
    http: HttpClient,
    tokenUrl: string,
    credential: BusinessCentralCredential,
    key: string,
  ): Promise<string> {
    const askedAt = performance.now();
    const result = await http.request({
      method: 'POST',
      url: tokenUrl,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: credential.client_id,
        client_secret: credential.client_secret,
        scope: SCOPE,
      }).toString(),
    });
    if (result.kind === 'answer' && (result.status === 400 || result.status === 401)) {
      throw new ProblemError({
        kind: 'sign_in_refused',
        status: result.status,
        ...signInError(result.status, result.text),
        retryAfterMs: null,
      });
    }
    const { status, body } = readAnswer(result);
    const parsed = tokenAnswer.safeParse(body);
    // Zod's issues stay unsaid: they could quote the token.
    if (!parsed.success) throw unreadable(status, 'the sign-in answered without a token');
    const { access_token: value, expires_in: lifetimeS } = parsed.data;
    this.#tokens.set(key, { value, endsAt: askedAt + lifetimeS * 1000 - SPARE_MS });
    return value;
  }
}

/** With the secret's hash, so that a wrong secret gets no token that the right one got. */
function keyOf(tokenUrl: string, { client_id, client_secret }: BusinessCentralCredential): string {
  return JSON.stringify([tokenUrl, client_id, sha256Hex(client_secret)]);
}

function signInError(status: number, text: string): { code: string | null; message: string } {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const parsed = tokenError.safeParse(body);
  if (!parsed.success) return { code: null, message: `sign-in: HTTP ${String(status)}` };
  const { error, error_description: words } = parsed.data;
  return { code: error, message: `sign-in: ${error}${words === undefined ? '' : `: ${words}`}` };
}
