import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import t from 'tap';

import { Acting } from '../src/acting.ts';
import { ApiError, readRetryAfter, request, type Client } from '../src/http.ts';
import { actProblemOf, problemOf } from '../src/problem.ts';
import { RunPage } from '../src/run-page.ts';
import { Sending } from '../src/sending.ts';
import { TokenKeeper } from '../src/token.ts';
import { pausedSystem } from '../src/views/attention.ts';

// What http.ts needs of a browser; the requests are real ones.
Object.defineProperty(globalThis, 'navigator', {
  value: { onLine: true },
  configurable: true,
  writable: true,
});
Object.assign(globalThis, { document: { baseURI: 'http://127.0.0.1/' } });

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

async function serverOf(t: Tap, answer: Answer): Promise<{ client: Client; seen: string[] }> {
  const seen: string[] = [];
  const server: Server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts).toString();
      seen.push(`${incoming.method ?? ''} ${incoming.url ?? ''} ${body}`);
      answer(incoming, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const tokens = new TokenKeeper(() => undefined);
  tokens.set('token');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { client: { baseUrl, apiKey: null, tokens, onRefusedToken: () => undefined }, seen };
}
type Tap = Pick<typeof t, 'teardown'>;

const around = (client: Client) => ({ client: () => client, changed: () => undefined });
const unused = null as unknown as Client;
const never = new AbortController().signal;

void t.test('an act whose answer is lost is not told as undone', async (t) => {
  const { client } = await serverOf(t, (_request, _body, response) => response.destroy());
  const acting = Acting.resuming(around(client), 'xledger');
  acting.words = 'new password';
  t.equal(await acting.submit(), false);
  t.equal(acting.problem?.kind, 'unanswered');
});

void t.test('an act that was answered is told as it was answered', (t) => {
  const of = (...given: ConstructorParameters<typeof ApiError>) =>
    actProblemOf(new ApiError(...given)).kind;
  t.equal(of('refused', 'm', { status: 409, code: 'AX018' }), 'notInState');
  t.equal(of('refused', 'm', { status: 503, code: 'AX024' }), 'busy');
  t.equal(of('refused', 'm', { status: 429 }), 'throttled');
  t.equal(of('refused', 'm', { status: 504 }), 'unanswered', "a gateway's word on it is none");
  t.equal(of('unreadable', 'm'), 'unanswered');
  t.equal(of('slow', 'm'), 'unanswered');
  t.equal(of('offline', 'm'), 'notSent');
  t.end();
});

void t.test('a network that goes while an act is under way leaves it unknown', async (t) => {
  t.teardown(() => Object.assign(navigator, { onLine: true }));
  const { client } = await serverOf(t, (_request, _body, response) => {
    Object.assign(navigator, { onLine: false });
    response.destroy();
  });
  const send = (): Promise<unknown> => request(client, 'rpc/x', { body: {}, signal: never });
  await t.rejects(send(), new ApiError('unreachable', 'fetch failed'));
  await t.rejects(
    send(),
    new ApiError('offline', 'fetch failed'),
    'while one that begins without it is sent nowhere',
  );
});

void t.test('a second click while an act is under way sends nothing', async (t) => {
  const { client, seen } = await serverOf(t, (_request, _body, response) => {
    response.setHeader('Content-Type', 'application/json').end('[{"run_id":"r"}]');
  });
  const acting = Acting.resuming(around(client), 'xledger');
  acting.words = 'new password';
  t.strictSame(await Promise.all([acting.submit(), acting.submit()]), [true, false]);
  t.strictSame(seen, [
    'POST /rpc/resume_integration {"p_system":"xledger","p_evidence":"new password"}',
  ]);
});

void t.test(
  'an act that waited for a token is not sent with the next one once ended',
  async (t) => {
    const { client, seen } = await serverOf(t, (_request, _body, response) => response.end('[]'));
    client.tokens.set(null);
    const acting = Acting.resuming(around(client), 'xledger');
    acting.words = 'new password';
    const submitted = acting.submit();
    client.tokens.set("somebody else's");
    acting.end();
    t.equal(await submitted, false);
    t.strictSame(seen, []);
  },
);

void t.test('claims that an app names twice, or in capitals, are asked for once', (t) => {
  const id = '0b0e4a52-7a54-4a5b-8e0f-3f6d3c1f0001';
  t.strictSame(new Sending(around(unused), [id, ` ${id.toUpperCase()}`]).claimIds, [id]);
  t.end();
});

void t.test('no export has an id that is none, and nobody is asked for it', async (t) => {
  const { client, seen } = await serverOf(t, (_request, _body, response) => response.end('[]'));
  for (const runId of ['x', 'a)&select=*', '"] *']) {
    const page = new RunPage(around(client), runId);
    await page.load();
    t.ok(page.isMissing, runId);
    t.equal(page.problem, null);
  }
  t.strictSame(seen, []);
});

void t.test('a server that asks to be left alone is heard, in seconds or by a date', async (t) => {
  const now = Date.parse('2026-03-03T10:00:00Z');
  t.equal(readRetryAfter('7', now), 7000);
  t.equal(readRetryAfter('Tue, 03 Mar 2026 10:00:30 GMT', now), 30_000);
  t.equal(readRetryAfter('Tue, 03 Mar 2026 09:00:00 GMT', now), 0);
  for (const none of [null, '', ' ', 'soon']) t.equal(readRetryAfter(none, now), null);
  const { client } = await serverOf(t, (_request, _body, response) =>
    response.writeHead(503, { 'Retry-After': '90' }).end(),
  );
  const error: unknown = await request(client, 'x', { signal: never }).catch((e: unknown) => e);
  t.match(problemOf(error), { kind: 'unreachable', retryAfterMs: 90_000 });
});

void t.test('which system is paused stands in the reason; a restored ledger names none', (t) => {
  t.equal(pausedSystem({ reason: 'business_central refused us: 401 twice' }), 'business_central');
  t.equal(pausedSystem({ reason: 'restored: nothing is sent before the ledger was asked' }), null);
  t.equal(pausedSystem({ reason: null }), null);
  t.end();
});
