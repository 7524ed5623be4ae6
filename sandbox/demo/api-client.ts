/** The API as a program meets it: PostgREST over HTTP, with a token. */

/** PostgREST answered something else than a success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
}

/** Reads and writes in somebody's name. */
export class ApiClient {
  readonly #url: string;
  readonly #signal: AbortSignal;

  /** @param signal aborts what is under way. */
  constructor(url: string, signal: AbortSignal) {
    this.#url = url;
    this.#signal = signal;
  }

  /** @param path with its query. */
  async get<T>(token: string, path: string): Promise<readonly T[]> {
    return (await this.#send('GET', path, token)) as T[];
  }

  async post<T>(token: string, path: string, body: object): Promise<readonly T[]> {
    return (await this.#send('POST', path, token, JSON.stringify(body))) as T[];
  }

  async #send(method: string, path: string, token: string, body?: string): Promise<unknown> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        prefer: 'return=representation',
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(20_000)]),
    });
    const text = await answer.text();
    if (!answer.ok) throw new ApiError(`${method} ${path}: HTTP ${answer.status} ${text}`);
    return JSON.parse(text);
  }
}
