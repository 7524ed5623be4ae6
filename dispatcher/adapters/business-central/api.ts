/** Requests to one company of one tenant: signed in, parsed, paged. */
import { z } from 'zod';
import type { BusinessCentralCredential } from '../../credentials.ts';
import type { HttpClient, HttpRequest, HttpResult } from '../../http.ts';
import { readEnvelopeAnswer } from './envelope.ts';
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

  const askToken = () => tokens.get(http, settings.token_url, credential);
  const forget = (token: string) => tokens.forget(settings.token_url, credential, token);

  /** The answer, and the token that it was given for. */
  async function signedIn(request: HttpRequest): Promise<{ result: HttpResult; token: string }> {
    const token = await askToken();
    const result = await http.request(withToken(request, token));
    if (result.kind !== 'answer' || result.status !== 401) return { result, token };
    // A 401 applied nothing, so asking again with a new token is no second send.
    forget(token);
    const newToken = await askToken();
    return { result: await http.request(withToken(request, newToken)), token: newToken };
  }

  async function send(request: HttpRequest): Promise<JsonAnswer> {
    return readAnswer((await signedIn(request)).result);
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
    const seen = new Set<string>();
    let url: string | undefined = `${base}/${path(inside)}?${search.join('&')}`;
    while (url !== undefined) {
      seen.add(url);
      const { status, body }: JsonAnswer = await send({
        method: 'GET',
        url,
        headers: { Prefer: `odata.maxpagesize=${String(PAGE_SIZE)}` },
      });
      const parsed = page.extend({ value: z.array(row) }).safeParse(body);
      if (!parsed.success) throw unreadable(status, `${inside}: the answer has another shape`);
      rows.push(...parsed.data.value);
      url = parsed.data['@odata.nextLink'];
      // The token goes with it, so it must stay where we were sent.
      if (url !== undefined && !isWithin(url, base)) {
        throw unreadable(status, `${inside}: the next page is at another address`);
      }
      if (url !== undefined && seen.has(url)) {
        throw unreadable(status, `${inside}: the same page comes twice`);
      }
    }
    return rows;
  }

  return {
    path,
    list,
    create(inside, body) {
      return send({
        method: 'POST',
        url: `${base}/${path(inside)}`,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
        carriesLines: true,
      });
    },
    async batch(body, isAtomic) {
      const { result, token } = await signedIn({
        method: 'POST',
        url: `${base}/$batch`,
        headers: {
          'Content-Type': 'application/json',
          ...(isAtomic ? { Isolation: 'snapshot' } : {}),
        },
        body,
        carriesLines: true,
      });
      const answer = readAnswer(result);
      // An envelope isn't repeated within an attempt; the next request comes with a new token.
      if (readEnvelopeAnswer(answer.body)?.some(({ status }) => status === 401)) forget(token);
      return answer;
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
