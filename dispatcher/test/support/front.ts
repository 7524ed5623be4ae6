/**
 * A server between a dispatcher and the accounting system that is played: it hands requests on, and
 * lets a test do with some of them what it likes. What a request is about is told by the reference
 * in it, so that many runs can meet different faults at the same time.
 */
import { once } from 'node:events';
import {
  createServer,
  request as send,
  type IncomingMessage,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';

import type { Teardown } from './database.ts';

export interface FrontRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  /** The same, decoded. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly carriesLines: boolean;
}

/** What the system behind said. */
export interface FrontAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request that a test deals with. */
export interface Met {
  readonly request: FrontRequest;
  readonly response: ServerResponse;
  /** Hands the request to the system behind, now; changed if a change is given. */
  apply(
    change?: Partial<Pick<FrontRequest, 'method' | 'url' | 'headers' | 'body'>>,
  ): Promise<FrontAnswer>;
  /** Answers; an object is sent as JSON. */
  answer(status: number, body: object | string, headers?: Readonly<Record<string, string>>): void;
}

export interface Meeting {
  /** Only requests that hold this text, in address or body: a claim's reference. */
  readonly about?: string;
  /** Only requests for which this is true. Default: those that carry lines. */
  readonly of?: (request: FrontRequest) => boolean;
  /** So many of them. Default 1. */
  readonly times?: number;
  /** What to do; a request that it answers with nothing hangs until its sender gives up. */
  readonly act: (met: Met) => void | Promise<void>;
}

export interface Front {
  readonly port: number;
  /** All requests, oldest first. */
  readonly requests: readonly FrontRequest[];
  /** How many requests carried lines of this reference. */
  sends(reference: string): number;
  /** The next requests of this kind are the test's. */
  meet(meeting: Meeting): void;
}

/**
 * @param behind the address of the system behind, `http://127.0.0.1:<port>`.
 * @param tls key and certificate; left out, it speaks plain HTTP. `setCertificate` changes them.
 */
export async function startFront(
  t: Teardown,
  behind: string,
  tls?: ServerOptions,
): Promise<Front & { setCertificate(tls: ServerOptions): void }> {
  const requests: FrontRequest[] = [];
  const meetings: { meeting: Meeting; left: number }[] = [];

  async function deal(request: FrontRequest, response: ServerResponse): Promise<void> {
    const met: Met = {
      request,
      response,
      apply: (change = {}) => handOn(behind, { ...request, ...change }),
      answer(status, body, headers = {}) {
        const given = typeof body === 'string' ? body : JSON.stringify(body);
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(given);
      },
    };
    const next = meetings.find(({ meeting, left }) => left > 0 && isMet(meeting, request));
    if (next === undefined) return passOn(met);
    next.left -= 1;
    await next.meeting.act(met);
  }

  const listener: RequestListener = (incoming, response) => {
    void text(incoming)
      .then((body) => {
        const method = incoming.method ?? 'GET';
        const url = incoming.url ?? '/';
        const path = decodeURIComponent(url);
        const carriesLines = method === 'POST' && holdsLines(body);
        const request = { method, url, path, headers: incoming.headers, body, carriesLines };
        requests.push(request);
        return deal(request, response);
      })
      // A sender that is gone, or a system behind that ended with the test.
      .catch(() => response.destroy());
  };
  const secure = tls === undefined ? undefined : createSecureServer(tls, listener);
  const server: Server = secure ?? createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    sends: (reference) =>
      requests.filter((one) => one.carriesLines && one.body.includes(reference)).length,
    meet: (meeting) => void meetings.push({ meeting, left: meeting.times ?? 1 }),
    setCertificate: (given) => secure?.setSecureContext(given),
  };
}

/** Hands the request on, and the answer back. */
export async function passOn(met: Met): Promise<void> {
  const { status, headers, text: body } = await met.apply();
  met.response.writeHead(status, headers).end(body);
}

/** The lines of a claim; Business Central's dimensions and questions go in envelopes too. */
function holdsLines(body: string): boolean {
  return body.includes('addGLImportItems(') || body.includes('"documentNumber"');
}

function isMet({ about = '', of = isWithLines }: Meeting, request: FrontRequest): boolean {
  return of(request) && `${request.path} ${request.body}`.includes(about);
}

function isWithLines({ carriesLines }: FrontRequest): boolean {
  return carriesLines;
}

async function handOn(behind: string, request: FrontRequest): Promise<FrontAnswer> {
  const { hostname, port } = new URL(behind);
  const outgoing = send({
    hostname,
    port,
    method: request.method,
    path: request.url,
    headers: {
      ...request.headers,
      connection: 'close',
      'content-length': Buffer.byteLength(request.body),
    },
  });
  outgoing.end(request.body);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const body = await buffer(incoming);
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    text: body.toString('utf8'),
  };
}
