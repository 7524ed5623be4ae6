/** Requests to one company of one tenant: signed in, parsed, paged. */
import { z } from 'zod';
import type { BusinessCentralCredential } from '../../credentials.ts';
import type { HttpClient, HttpRequest, HttpResult } from '../../http.ts';
import { readAnswer, unreadable } from './read-answer.ts';
import type { JsonAnswer } from './read-answer.ts';
import type { Settings } from './settings.ts';
import type { TokenCache } from './token.ts';

export interface ApiOptions {
  readonly http: HttpClient;
  readonly tokens: TokenCache;
  readonly credential: BusinessCentralCredential;
  /** `https://…/v2.0/{tenant}/{environment}/api/v2.0` */
  readonly endpoint: string;
  readonly settings: Settings;
}

/** All of its functions throw a ProblemError for what the network or the remote does. */
export interface Api {
  /** The rows of a resource of the company, over all its pages. */
  list<T>(path: string, query: Readonly<Record<string, string>>, row: z.ZodType<T>): Promise<T[]>;
  /** Creates a record of the company. */
  create(path: string, body: object): Promise<JsonAnswer>;
  /** Sends an envelope, already serialised; `isAtomic`: one fault undoes all of it. */
  batch(body: string, isAtomic: boolean): Promise<JsonAnswer>;
  /** A path inside the company, relative to the base, as operations of an envelope name it. */
  path(path: string): string;
}

/** Rows a page; keeps a page with its dimensions well below the byte cap. */
const PAGE_SIZE = 1000;

const page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
});

export function createApi(options: ApiOptions): Api {
  const { http, tokens, credential, settings } = options;
  const base = options.endpoint.replace(/\/+$/, '');
  const path = (inside: string) => `companies(${settings.company_id})/${inside}`;

  async function signedIn(request: HttpRequest): Promise<HttpResult> {
    const token = await tokens.get(http, settings.token_url, credential);
    const result = await http.request(withToken(request, token));
    if (result.kind !== 'answer' || result.status !== 401) return result;
    // A 401 applied nothing, so asking again with a new token is no second send.
    tokens.forget(settings.token_url, credential, token);
    const newToken = await tokens.get(http, settings.token_url, credential);
    return http.request(withToken(request, newToken));
  }

  async function list<T>(
    inside: string,
    query: Readonly<Record<string, string>>,
    row: z.ZodType<T>,
  ): Promise<T[]> {
    const search = Object.entries(query).map(
      ([name, value]) => `${name}=${encodeURIComponent(value)}`,
    );
    const rows: T[] = [];
    let url: string | undefined = `${base}/${path(inside)}?${search.join('&')}`;
    while (url !== undefined) {
      const { status, body } = readAnswer(
        await signedIn({
          method: 'GET',
          url,
          headers: { Prefer: `odata.maxpagesize=${String(PAGE_SIZE)}` },
        }),
      );
      const parsed = page.extend({ value: z.array(row) }).safeParse(body);
      if (!parsed.success) throw unreadable(status, `${inside}: the answer has another shape`);
      rows.push(...parsed.data.value);
      url = parsed.data['@odata.nextLink'];
      // The token goes with it, so it must stay where we were sent.
      if (url !== undefined && !isWithin(url, base)) {
        throw unreadable(status, `${inside}: the next page is at another address`);
      }
    }
    return rows;
  }

  return {
    path,
    list,
    async create(inside, body) {
      return readAnswer(
        await signedIn({
          method: 'POST',
          url: `${base}/${path(inside)}`,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
          carriesLines: true,
        }),
      );
    },
    async batch(body, isAtomic) {
      return readAnswer(
        await signedIn({
          method: 'POST',
          url: `${base}/$batch`,
          headers: {
            'Content-Type': 'application/json',
            ...(isAtomic ? { Isolation: 'snapshot' } : {}),
          },
          body,
          carriesLines: true,
        }),
      );
    },
  };
}

/** Never `Data-Access-Intent: ReadOnly`: a replica may lag behind (contract 2.1). */
function withToken(request: HttpRequest, token: string): HttpRequest {
  return {
    ...request,
    headers: {
      Accept: 'application/json',
      'Accept-Language': 'en-US',
      ...request.headers,
      Authorization: `Bearer ${token}`,
    },
  };
}

function isWithin(url: string, base: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, pathname, username } = new URL(url);
  const home = new URL(base);
  return origin === home.origin && username === '' && pathname.startsWith(`${home.pathname}/`);
}
