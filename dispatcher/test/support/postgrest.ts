import { randomBytes } from 'node:crypto';

import { startPostgrest, type PostgrestOptions } from '../../../sandbox/postgrest.ts';
import { signToken, type TokenOptions } from '../../../sandbox/tokens.ts';
import type { Teardown, TestDatabase } from './database.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed if it is JSON, else the text; null if there is none. */
  readonly body: unknown;
}

export interface ApiRequest {
  /** None: the request runs as `anon`. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestApi {
  readonly url: string;
  /** What tokens are signed with: for a test that forges one. */
  readonly secret: string;
  token(options: Omit<TokenOptions, 'secret'>): Promise<string>;
  /** @param path with its query, e.g. `/export_status?run_id=eq.…`. */
  get(path: string, request?: ApiRequest): Promise<ApiAnswer>;
  /** @param body sent as JSON. */
  post(path: string, body: unknown, request?: ApiRequest): Promise<ApiAnswer>;
  /** Any method, and a body that is sent as it is. */
  send(method: string, path: string, request?: ApiRequest, body?: string): Promise<ApiAnswer>;
  /** Reads the schema anew. */
  reload(): Promise<void>;
}

/**
 * A PostgREST of its own over the schema `api` of a test database, ended when `t` ends. Its login is
 * an authenticator as in production: no rights but to switch to the three roles of the API.
 *
 * Call it after `createTestDatabase(t, …)`, so that it ends before its database does.
 *
 * @param options.mayRollBack see {@link PostgrestOptions}; no, as in production, if left out.
 */
export async function createTestApi(
  t: Teardown,
  database: TestDatabase,
  options: Pick<PostgrestOptions, 'mayRollBack'> = {},
): Promise<TestApi> {
  const secret = randomBytes(32).toString('hex');
  const databaseUrl = await database.loginAs(['anon', 'authenticated', 'service_role'], {
    inherits: false,
  });
  const postgrest = await startPostgrest({
    databaseUrl,
    jwtSecret: secret,
    schemas: ['api'],
    anonRole: 'anon',
    ...options,
  });
  t.teardown(() => postgrest.stop());

  const send: TestApi['send'] = async (method, path, request = {}, body) => {
    const answer = await fetch(new URL(path, postgrest.url), {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
        ...request.headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, headers: answer.headers, body: parse(await answer.text()) };
  };

  return {
    url: postgrest.url,
    secret,
    send,
    token: (options) => signToken({ secret, ...options }),
    get: (path, request = {}) => send('GET', path, request),
    post: (path, body, request = {}) => send('POST', path, request, JSON.stringify(body)),
    reload: () => postgrest.reload(),
  };
}

function parse(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
