/** The requests that change something, as they are sent and as a preview shows them. Pure. */
import type { HttpRequest } from '../../http.ts';
import type { Settings } from './settings.ts';

/** A request whose body is there. */
export type WritingRequest = HttpRequest & { readonly body: string };

/** The endpoint without slashes at its end. */
export function baseOf(endpoint: string): string {
  return endpoint.replace(/\/+$/, '');
}

/** A path inside the company, relative to the base, as operations of an envelope name it. */
export function pathInCompany(settings: Pick<Settings, 'company_id'>, inside: string): string {
  return `companies(${settings.company_id})/${inside}`;
}

/** Creates a record at a path relative to the base. */
export function createRequest(base: string, path: string, body: object): WritingRequest {
  return {
    method: 'POST',
    url: `${base}/${path}`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    carriesLines: true,
  };
}

/** Sends an envelope, already serialised; `isAtomic`: one fault undoes all of it. */
export function batchRequest(base: string, body: string, isAtomic: boolean): WritingRequest {
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
