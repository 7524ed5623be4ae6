/**
 * The HTTP server under each sandbox: reads a request, lets at most one fault meet it, hands it to
 * the system that is played, and keeps a log. The routes under `/__sandbox/` are for tests only and
 * are never met by faults.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ZodError } from 'zod';
import type { Fault, FaultQueue, MetFault } from './faults.ts';

/** A request as the played system sees it. */
export interface SandboxRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  /** The fault that meets this request, for what the system does itself (`lie_201`, `lag`). */
  readonly fault: MetFault | null;
}

/** An answer; an object is sent as JSON, null as an empty body. */
export interface SandboxAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object | string | null;
}

/** One line of the log. Holds no headers and no bodies, hence no secrets. */
export interface LoggedRequest {
  readonly method: string;
  /** Decoded path and query. */
  readonly path: string;
  readonly operation: string | null;
  /** The kind of the fault that met it. */
  readonly fault: string | null;
  /** Null while it is under way, and if no answer was begun. */
  status: number | null;
  /** ISO 8601, when it arrived. */
  readonly at: string;
}

export interface SandboxServerOptions {
  /** 0 (default): any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly faults: FaultQueue;
  handle(request: SandboxRequest): Promise<SandboxAnswer> | SandboxAnswer;
  /** The operation that a request names, for matching faults and for the log. */
  operationOf?(request: SandboxRequest): string | null;
  /** The body of a faulty answer whose fault brings none. */
  errorBody?(status: number): object | string | null;
  /** More test-only routes, keyed as `GET /__sandbox/ledger`; what they return is sent as JSON. */
  readonly controls?: Readonly<Record<string, (request: SandboxRequest) => object | void>>;
}

export interface SandboxServer {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string;
  readonly requests: LoggedRequest[];
  /** Cuts open connections, drops what was to be applied late, and frees the port. */
  close(): Promise<void>;
}

/** Starts a server; rejects if the port is taken. */
export async function startServer(options: SandboxServerOptions): Promise<SandboxServer> {
  const requests: LoggedRequest[] = [];
  const closing = new AbortController();
  const server = createServer((incoming, response) => {
    serve(options, requests, closing.signal, incoming, response).catch((error: unknown) => {
      if (closing.signal.aborted || response.headersSent) response.destroy();
      else send(response, { status: 500, body: `Fault in the sandbox: ${String(error)}` });
    });
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  options: SandboxServerOptions,
  requests: LoggedRequest[],
  closing: AbortSignal,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const arrived = new Date().toISOString();
  const request = await readRequest(incoming);
  if (request === null) return send(response, { status: 400, body: 'Bad address' });
  if (request.path.startsWith('/__sandbox/')) {
    return send(response, control(options, requests, request));
  }
  const operation = options.operationOf?.(request) ?? null;
  const path = decode(incoming.url ?? '/') ?? request.path;
  const fault = options.faults.take({ method: request.method, path, operation });
  const entry: LoggedRequest = {
    method: request.method,
    path,
    operation,
    fault: fault?.kind ?? null,
    status: null,
    at: arrived,
  };
  requests.push(entry);
  const apply = async () => options.handle({ ...request, fault });
  const answer = (given: SandboxAnswer) => {
    entry.status = given.status;
    send(response, given);
  };
  if (fault === null) return answer(await apply());
  switch (fault.kind) {
    case 'drop_before':
      response.destroy();
      return;
    case 'drop_after':
      await apply();
      response.destroy();
      return;
    case 'drop_midway':
    case 'truncate_body': {
      const given = await apply();
      entry.status = given.status;
      sendHalf(response, given, fault.kind === 'drop_midway');
      return;
    }
    case 'delay':
      await sleep(fault.delay_ms, undefined, { signal: closing });
      return answer(await apply());
    case 'apply_late':
      answer(faultyAnswer(options, fault, 504));
      await sleep(fault.delay_ms, undefined, { signal: closing });
      await apply();
      return;
    case 'status':
      if (fault.apply === true) await apply();
      return answer(faultyAnswer(options, fault, 500));
    case 'lie_201':
    case 'lag':
      return answer(await apply());
  }
}

function faultyAnswer(options: SandboxServerOptions, fault: Fault, status: number): SandboxAnswer {
  const given = fault.status ?? status;
  return {
    status: given,
    headers: fault.retry_after === undefined ? {} : { 'retry-after': fault.retry_after },
    body: fault.body === undefined ? (options.errorBody?.(given) ?? null) : fault.body,
  };
}

function control(
  options: SandboxServerOptions,
  requests: readonly LoggedRequest[],
  request: SandboxRequest,
): SandboxAnswer {
  const route = `${request.method} ${request.path}`;
  if (route === 'GET /__sandbox/requests') return { status: 200, body: requests };
  if (route === 'GET /__sandbox/faults') return { status: 200, body: options.faults.list() };
  try {
    if (route === 'PUT /__sandbox/faults') {
      // PUT replaces the queue; `?append=true` adds to it.
      const isAppended = request.query.get('append') === 'true';
      options.faults.load(JSON.parse(request.text), !isAppended);
      return { status: 200, body: options.faults.list() };
    }
    const extra = options.controls?.[route];
    if (extra === undefined) return { status: 404, body: { error: `no route ${route}` } };
    return { status: 200, body: extra(request) ?? {} };
  } catch (error) {
    if (error instanceof ZodError) {
      return { status: 400, body: { error: 'not valid', issues: error.issues } };
    }
    if (error instanceof SyntaxError) return { status: 400, body: { error: 'not JSON' } };
    throw error;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<SandboxRequest | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [rawPath = '/', ...rest] = (incoming.url ?? '/').split('?');
  const path = decode(rawPath);
  if (path === null) return null;
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(rest.join('?')),
    headers,
    text: Buffer.concat(chunks).toString('utf8'),
    fault: null,
  };
}

function encode(answer: SandboxAnswer): { headers: Record<string, string>; body: Buffer } {
  const isJson = answer.body !== null && typeof answer.body === 'object';
  const text = isJson ? JSON.stringify(answer.body) : (answer.body ?? '');
  const body = Buffer.from(text, 'utf8');
  const headers: Record<string, string> = {};
  if (answer.body !== null) headers['content-type'] = isJson ? 'application/json' : 'text/plain';
  if (answer.status !== 204) headers['content-length'] = String(body.length);
  return { headers: { ...headers, ...answer.headers }, body };
}

function send(response: ServerResponse, answer: SandboxAnswer): void {
  const { headers, body } = encode(answer);
  response.writeHead(answer.status, headers).end(body);
}

/** Sends the head and half of the body, then resets the connection or just ends it. */
function sendHalf(response: ServerResponse, answer: SandboxAnswer, isReset: boolean): void {
  const { headers, body } = encode(answer);
  response.writeHead(answer.status, { ...headers, connection: 'close' });
  const { socket } = response;
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    if (!isReset) socket?.end();
    // At once, the reset would overtake the half body, or be taken for an orderly end.
    else setTimeout(() => socket?.resetAndDestroy(), 25);
  });
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
