/**
 * The token: a host gives it, and is asked for another one when the API refuses it. Requests that need
 * one wait, so that nothing that a person typed is lost while a session is renewed.
 */

export type TokenReason = 'missing' | 'expired';

export interface TokenClaims {
  readonly subject: string | null;
  readonly appRole: string | null;
  readonly organisation: string | null;
}

const noClaims: TokenClaims = { subject: null, appRole: null, organisation: null };

/**
 * Who a token says its bearer is. Only for leaving out buttons that would be refused anyway: nothing is
 * verified here, the database decides.
 */
export function readToken(token: string | null): TokenClaims {
  const payload = token?.split('.')[1];
  if (payload === undefined) return noClaims;
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (c) =>
      c.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const metadata = objectIn(claims, 'app_metadata');
    return {
      subject: textIn(claims, 'sub'),
      appRole: textIn(claims, 'app_role') ?? textIn(metadata, 'app_role'),
      organisation: textIn(claims, 'organisation_id') ?? textIn(metadata, 'organisation_id'),
    };
  } catch {
    return noClaims;
  }
}

function objectIn(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function textIn(value: unknown, key: string): string | null {
  const found = objectIn(value, key);
  return typeof found === 'string' ? found : null;
}

export class TokenKeeper {
  readonly #ask: (reason: TokenReason) => void;
  #token: string | null = null;
  /** The token that the API refused last: the same one again is no answer. */
  #refused: string | null = null;
  #isAsked = false;
  readonly #waiting = new Set<() => void>();

  /** @param ask tells the host; called once until it answers with a new token. */
  constructor(ask: (reason: TokenReason) => void) {
    this.#ask = ask;
  }

  get token(): string | null {
    return this.#token;
  }

  /** Why there is none that could be used, or null. */
  get missing(): TokenReason | null {
    if (this.#token === null) return 'missing';
    return this.#token === this.#refused ? 'expired' : null;
  }

  set(token: string | null): void {
    this.#token = token === '' ? null : token;
    if (this.missing !== null) return;
    this.#isAsked = false;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const go of waiting) go();
  }

  /** A token that wasn't refused; waits for the host if there is none. */
  async usable(signal: AbortSignal): Promise<string> {
    for (;;) {
      const reason = this.missing;
      if (reason === null && this.#token !== null) return this.#token;
      if (!this.#isAsked) {
        this.#isAsked = true;
        this.#ask(reason ?? 'missing');
      }
      // The host may have answered within the event.
      if (this.missing !== null) await this.#next(signal);
    }
  }

  /** The API refused this token. */
  refuse(token: string): void {
    if (token === this.#token) this.#refused = token;
  }

  #next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.delete(go);
        reject(signal.reason as Error);
      };
      const go = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      if (signal.aborted) return stop();
      this.#waiting.add(go);
      signal.addEventListener('abort', stop, { once: true });
    });
  }
}
