/** Access tokens, kept for those who sign in with the same secret at the same address. */
import { performance } from 'node:perf_hooks';
import type { BusinessCentralCredential } from '../../credentials.ts';
import { sha256Hex } from '../../http.ts';
import type { HttpClient } from '../../http.ts';
import { signIn } from './sign-in.ts';

/** A token is given up so long before it ends, so that it doesn't end under way. */
const SPARE_MS = 60_000;
/** So long an attempt waits for another's sign-in, which hangs by that one's deadline and lease. */
const LONGEST_WAIT_MS = 2_000;

interface CachedToken {
  readonly value: string;
  /** On `performance.now()`'s clock. */
  readonly endsAt: number;
}

/**
 * Keeps one token per address, client and secret. While there is none, one attempt asks and the
 * others wait for its answer; where it fails or takes long, each of them asks for itself, so that no
 * attempt fails or waits for another's sake.
 */
export class TokenCache {
  readonly #tokens = new Map<string, CachedToken>();
  readonly #signIns = new Map<string, Promise<string>>();

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
    const others = this.#signIns.get(key);
    const given = others === undefined ? null : await withinMs(others, LONGEST_WAIT_MS);
    if (given !== null) return given;

    const own = this.#signIn(http, tokenUrl, credential, key);
    this.#signIns.set(key, own);
    try {
      return await own;
    } finally {
      if (this.#signIns.get(key) === own) this.#signIns.delete(key);
    }
  }

  /** Forgets a token that was refused, unless a newer one is there already. */
  forget(tokenUrl: string, credential: BusinessCentralCredential, token: string): void {
    const key = keyOf(tokenUrl, credential);
    if (this.#tokens.get(key)?.value === token) this.#tokens.delete(key);
  }

  async #signIn(
    http: HttpClient,
    tokenUrl: string,
    credential: BusinessCentralCredential,
    key: string,
  ): Promise<string> {
    const askedAt = performance.now();
    const { value, lifetimeMs } = await signIn(http, tokenUrl, credential);
    this.#tokens.set(key, { value, endsAt: askedAt + lifetimeMs - SPARE_MS });
    return value;
  }
}

/** With the secret's hash, so that a wrong secret gets no token that the right one got. */
function keyOf(tokenUrl: string, { client_id, client_secret }: BusinessCentralCredential): string {
  return JSON.stringify([tokenUrl, client_id, sha256Hex(client_secret)]);
}

/** What another's sign-in gives; null if it fails, or gives nothing in time. */
async function withinMs(signedIn: Promise<string>, limitMs: number): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, limitMs, null);
  });
  try {
    return await Promise.race([signedIn.catch(() => null), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
