/** A plain HTTP client for the tests of the Business Central sandbox. */
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { Test } from 'tap';
import type {
  BusinessCentralSandbox,
  BusinessCentralSandboxOptions,
} from '../../dispatcher/adapters/business-central/sandbox/business-central-sandbox.ts';
import { startBusinessCentralSandbox } from '../../dispatcher/adapters/business-central/sandbox/business-central-sandbox.ts';
import {
  DEFAULT_CLIENT,
  DEFAULT_COMPANY_ID,
} from '../../dispatcher/adapters/business-central/sandbox/options.ts';

/** An answer, its body parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** What the tests look at in a body; each test asserts what it needs. */
export interface Body {
  readonly [name: string]: unknown;
  readonly id: string;
  readonly value: readonly Body[];
  readonly error: { readonly code: string; readonly message: string };
  readonly responses: readonly { readonly id: string; readonly status: number; body: Body }[];
}

type Call = (method: string, path: string, body?: unknown, headers?: HeaderMap) => Promise<Answer>;

export interface Client {
  readonly sandbox: BusinessCentralSandbox;
  /** Calls `{base}/{path}` with a token; rejects if the connection breaks. */
  readonly call: Call;
  /** The same below the default company. */
  readonly company: Call;
  /** Creates a journal and gives its address below the company. */
  readonly journal: (code?: string) => Promise<string>;
  readonly batch: (operations: readonly Operation[], headers?: HeaderMap) => Promise<Answer>;
}

export type HeaderMap = Readonly<Record<string, string>>;

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: HeaderMap;
  readonly body?: unknown;
}

export const COMPANY = `companies(${DEFAULT_COMPANY_ID})`;

/** Asks for all or nothing. */
export const SNAPSHOT = { isolation: 'snapshot' };

/** Starts a sandbox that is closed when the test ends, and signs in. */
export async function openSandbox(
  t: Test,
  options: BusinessCentralSandboxOptions = {},
): Promise<Client> {
  const sandbox = await startBusinessCentralSandbox(options);
  t.teardown(() => sandbox.close());
  const token = (await askToken(sandbox)).body['access_token'];
  const call: Call = async (method, path, body, headers = {}) => {
    const response = await fetch(`${sandbox.apiBase()}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${String(token)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    return answerOf(response);
  };
  const company: Call = (method, path, body, headers) =>
    call(method, `${COMPANY}/${path}`, body, headers);
  return {
    sandbox,
    call,
    company,
    journal: async (code = 'EXPKQTBZRA') => {
      const { body } = await company('POST', 'journals', { code });
      return `journals(${body.id})`;
    },
    batch: (operations, headers = SNAPSHOT) =>
      call('POST', '$batch', { requests: operations }, headers),
  };
}

/** Asks for a token; `form` replaces or adds fields. */
export async function askToken(
  sandbox: BusinessCentralSandbox,
  form: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...DEFAULT_CLIENT,
    scope: 'https://api.businesscentral.dynamics.com/.default',
    ...form,
  });
  return answerOf(await fetch(sandbox.tokenUrl(), { method: 'POST', body }));
}

/** A line of a claim: a debit on 7140, or with a negative amount the credit on 2910. */
export function line(
  lineNumber: number,
  amount: number,
  documentNumber = 'HLF-C-0000012',
): Record<string, unknown> {
  return {
    lineNumber,
    accountType: 'G/L Account',
    accountNumber: amount < 0 ? '2910' : '7140',
    postingDate: '2026-03-02',
    documentNumber,
    externalDocumentNumber: documentNumber,
    amount,
    description: 'Travel 12-14 Feb, claim 12',
  };
}

/** The lines as operations of a batch, with ids from 1. */
export function inserts(
  journal: string,
  lines: readonly Readonly<Record<string, unknown>>[],
): Operation[] {
  return lines.map((body, index) => ({
    id: String(index + 1),
    method: 'POST',
    url: `${COMPANY}/${journal}/journalLines`,
    headers: { 'Content-Type': 'application/json' },
    body,
  }));
}

/** Calls a test-only route. */
export async function control(
  sandbox: BusinessCentralSandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${sandbox.url}/__sandbox/${path}`, {
    method,
    body: body === undefined ? null : JSON.stringify(body),
  });
  return answerOf(response);
}

/** What arrived of an answer before its connection ended, and whether that was all of it. */
export function rawGet(
  url: string,
): Promise<{ text: string; announced: number; isComplete: boolean }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { agent: new Agent({ keepAlive: false }) }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => (text += chunk));
      incoming.on('error', () => undefined);
      incoming.on('close', () =>
        resolve({
          text,
          announced: Number(incoming.headers['content-length']),
          isComplete: incoming.complete,
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** How the connection of a GET ends: `end`, or the code of the socket's error. */
export function rawEnd(url: string): Promise<string> {
  const { port, host } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
    );
    socket.resume();
    socket.on('end', () => resolve('end'));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
  });
}

/** Looks again until it holds, for what the sandbox does by itself; rejects after five seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('waited for in vain');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = (text === '' ? {} : JSON.parse(text)) as Body;
  return { status: response.status, headers: response.headers, body };
}
