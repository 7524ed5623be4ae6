/** Addresses, requests that change something, and the order of answers: all beside the network. Pure. */
import type { HttpRequest } from '../../http.ts';
import { operationProblem } from './envelope.ts';
import type { SubAnswer } from './envelope.ts';
import { ProblemError } from './problem-error.ts';
import type { Settings } from './settings.ts';

/** The endpoint without slashes at its end. */
export function baseOf(endpoint: string): string {
  return endpoint.replace(/\/+$/, '');
}

/** A path inside the company, relative to the base, as operations of an envelope name it. */
export function pathInCompany(settings: Pick<Settings, 'company_id'>, inside: string): string {
  return `companies(${settings.company_id})/${inside}`;
}

/**
 * Creates, changes or, without a body, acts on a record at a path relative to the base.
 *
 * @param etag of the record that is changed, as it was read; without it, whoever changed it last
 */
export function writeRequest(
  method: 'POST' | 'PATCH',
  base: string,
  path: string,
  body?: object,
  etag = '*',
): HttpRequest {
  return {
    method,
    url: `${base}/${path}`,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'PATCH' ? { 'If-Match': etag } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    carriesLines: true,
  };
}

/** Sends an envelope, already serialised; `isAtomic`: one fault undoes all of it. */
export function batchRequest(base: string, body: string, isAtomic: boolean): HttpRequest {
  return {
    method: 'POST',
    url: `${base}/$batch`,
    headers: {
      'Content-Type': 'application/json',
      ...(isAtomic ? { Isolation: 'snapshot' } : {}),
    },
    body,
    carriesLines: true,
  };
}

/** Never `Data-Access-Intent: ReadOnly`: a replica may lag behind (contract 2.1). */
export function withToken<Request extends HttpRequest>(
  request: Request,
  token: string,
): Request & { readonly headers: Readonly<Record<string, string>> } {
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

/** A path with its query, as addresses and operations take it. */
export function relative(path: string, query: Readonly<Record<string, string>>): string {
  const search = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${path}?${search.join('&')}`;
}

/**
 * The answers to operations that were numbered from 1, in their order; null unless each has one.
 *
 * @throws ProblemError for one that was refused
 */
export function answersInOrder(
  answers: readonly SubAnswer[],
  count: number,
): readonly SubAnswer[] | null {
  // The first refusal ends an envelope (contract 7.5), so it is told rather than what it kept away.
  const refused = answers.find(({ status }) => status < 200 || status >= 300);
  if (refused !== undefined) throw new ProblemError(operationProblem(refused));
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  const ordered = Array.from({ length: count }, (_, index) => byId.get(String(index + 1)));
  const all = ordered.filter((answer) => answer !== undefined);
  return all.length === count ? all : null;
}

export function isWithin(url: string, base: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, pathname, username } = new URL(url);
  const home = new URL(base);
  return origin === home.origin && username === '' && pathname.startsWith(`${home.pathname}/`);
}
