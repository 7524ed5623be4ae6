import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { createHttpClient, sha256Hex } from '../http.ts';
import type { HttpClientOptions, HttpObservation } from '../http.ts';

/** All that the functions below need of a test. */
interface Test {
  teardown(handler: () => unknown): unknown;
}

function client(t: Test, changes: Partial<HttpClientOptions> & { timeMs?: number } = {}) {
  const { timeMs, ...options } = changes;
  const made = createHttpClient({
    deadlineAt: performance.now() + (timeMs ?? 10_000),
    mayWrite: () => true,
    allowPrivateAddresses: true,
    ...options,
  });
  t.teardown(() => made.close());
  return made;
}

async function listen(t: Test, server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    if ('closeAllConnections' in server) (server as http.Server).closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server that counts, reads each request to its end, and then answers with `reply`. */
async function serve(t: Test, reply: http.RequestListener) {
  const seen = { connections: 0, requests: 0, bytes: 0 };
  const server = http.createServer((request, response) => {
    seen.requests += 1;
    request.resume().on('end', () => void reply(request, response));
  });
  server.on('connection', (socket) => {
    seen.connections += 1;
    socket.on('data', (chunk: Buffer) => (seen.bytes += chunk.length));
  });
  const port = await listen(t, server);
  return { url: `http://127.0.0.1:${String(port)}`, port, seen };
}

/** A raw server: what a connection gets is up to the test. */
async function serveRaw(t: Test, accept: (socket: net.Socket) => void) {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    accept(socket);
  });
  const port = await listen(t, server);
  t.teardown(() => sockets.forEach((socket) => socket.destroy()));
  return port;
}

void t.test('one connection serves all requests of an attempt, one after the other', async (t) => {
  let [running, most] = [0, 0];
  const { url, seen } = await serve(t, (request, response) => {
    running += 1;
    most = Math.max(most, running);
    setImmediate(() => {
      running -= 1;
      response.end(request.url);
    });
  });
  const http = client(t);
  const results = await Promise.all(
    ['/a', '/b', '/c'].map((p) => http.request({ method: 'POST', url: url + p, body: p })),
  );
  t.match(results, [{ text: '/a' }, { text: '/b' }, { text: '/c' }]);
  t.match(results[0], { kind: 'answer', status: 200, isTruncated: false });
  t.match(seen, { connections: 1, requests: 3 });
  t.equal(most, 1);
});

void t.test('nothing written is unreachable: refused, no such name, TLS', async (t) => {
  const { port, seen } = await serve(t, (_, response) => response.end());
  const mayWrite = () => t.fail('not asked before there is a connection');
  for (const url of [
    'http://127.0.0.1:1/',
    'http://name.invalid/',
    `https://127.0.0.1:${String(port)}/`,
    'no url',
    'http://user:pass@127.0.0.1:1/',
  ]) {
    const http = client(t, { mayWrite });
    const result = await http.request({ method: 'POST', url, body: 'x', carriesLines: true });
    t.match(result, { kind: 'unreachable', message: /./ }, url);
    t.notMatch(JSON.stringify(result), /pass@|http:/);
  }
  t.equal(seen.requests, 0);
});

void t.test('a handshake that never ends is unreachable: nothing was written', async (t) => {
  const port = await serveRaw(t, () => undefined);
  const http = client(t, { timeMs: 200 });
  const url = `https://127.0.0.1:${String(port)}/`;
  t.match(await http.request({ method: 'GET', url }), {
    kind: 'unreachable',
    message: 'timed out',
  });
});

void t.test('cut after the first byte is no answer, and is not repeated', async (t) => {
  let connections = 0;
  const port = await serveRaw(t, (socket) => {
    connections += 1;
    socket.once('data', () => socket.resetAndDestroy());
  });
  const result = await client(t).request({
    method: 'POST',
    url: `http://127.0.0.1:${String(port)}/`,
    body: 'x'.repeat(1_000_000),
  });
  t.match(result, { kind: 'no_answer' });
  t.equal(connections, 1);
});

void t.test('an answer that is no HTTP is no answer', async (t) => {
  const port = await serveRaw(t, (socket) =>
    socket.once('data', () => socket.end('what?\r\n\r\n')),
  );
  const url = `http://127.0.0.1:${String(port)}/`;
  t.match(await client(t).request({ method: 'GET', url }), { kind: 'no_answer' });
});

void t.test('the deadline holds for the head and for the body', async (t) => {
  const silent = await serve(t, () => undefined);
  const startedAt = performance.now();
  const http = client(t, { timeMs: 200 });
  t.match(await http.request({ method: 'GET', url: silent.url }), {
    kind: 'no_answer',
    message: 'timed out',
  });
  t.match(await http.request({ method: 'GET', url: silent.url }), { kind: 'lease_lost' });
  t.equal(silent.seen.requests, 1, 'nothing is sent once the time is up');

  const dripping = await serve(t, (_, response) => {
    response.writeHead(202).write('drop');
    const drip = setInterval(() => response.write('.'), 10);
    response.on('close', () => clearInterval(drip));
  });
  t.match(await client(t, { timeMs: 200 }).request({ method: 'GET', url: dripping.url }), {
    kind: 'answer',
    status: 202,
    isTruncated: true,
    text: /^drop/,
  });
  t.ok(performance.now() - startedAt < 5000);
});

void t.test('reads no more than the cap', async (t) => {
  const { url } = await serve(t, (_, response) => {
    const chunk = 'å'.repeat(50_000);
    const pump = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', pump);
    pump();
  });
  const result = await client(t, { maxBodyBytes: 1000 }).request({ method: 'GET', url });
  t.match(result, { kind: 'answer', isTruncated: true, text: 'å'.repeat(500) });
  const small = await serve(t, (_, response) => response.end('x'.repeat(1000)));
  t.match(
    await client(t, { maxBodyBytes: 1000 }).request({ method: 'GET', url: small.url }),
    { isTruncated: false },
    'the cap itself is allowed',
  );
});

void t.test('a body cut by the peer keeps its status', async (t) => {
  for (const head of ['content-length: 100', 'transfer-encoding: chunked']) {
    const port = await serveRaw(t, (socket) =>
      socket.once('data', () => socket.end(`HTTP/1.1 201 Created\r\n${head}\r\n\r\n4\r\n{"a`)),
    );
    t.match(
      await client(t).request({ method: 'GET', url: `http://127.0.0.1:${String(port)}/` }),
      { kind: 'answer', status: 201, isTruncated: true },
      head,
    );
  }
});

void t.test('asks for no compression, and unpacks none', async (t) => {
  const bomb = gzipSync('0'.repeat(10_000_000));
  const { url } = await serve(t, (request, response) => {
    t.equal(request.headers['accept-encoding'], 'identity');
    response.setHeader('content-encoding', 'gzip').end(bomb);
  });
  const result = await client(t).request({ method: 'GET', url });
  t.equal(result.kind === 'answer' && result.text.length < 100_000, true);
});

void t.test('answers a redirect and never follows it', async (t) => {
  const elsewhere = await serve(t, (_, response) => response.end());
  for (const status of [301, 302, 303, 307, 308]) {
    const { url } = await serve(t, (_, response) =>
      response.writeHead(status, { location: elsewhere.url }).end(),
    );
    t.match(await client(t).request({ method: 'POST', url, body: 'x' }), {
      kind: 'answer',
      status,
    });
  }
  t.equal(elsewhere.seen.connections, 0);
});

void t.test('a lost lease lets no byte of the lines out', async (t) => {
  const { url, seen } = await serve(t, (_, response) => response.end('ok'));
  let asked = 0;
  let holds = false;
  const http = client(t, {
    mayWrite: () => {
      asked += 1;
      return holds;
    },
  });
  const lines = { method: 'POST', url, body: 'x'.repeat(500_000), carriesLines: true } as const;
  t.match(await http.request(lines), { kind: 'lease_lost' }, 'on a new connection');
  t.match(seen, { requests: 0, bytes: 0 });
  t.match(await http.request({ method: 'GET', url }), { text: 'ok' }, 'a read is not held back');
  const { bytes } = seen;
  t.match(await http.request(lines), { kind: 'lease_lost' }, 'on a connection that is reused');
  t.match(seen, { requests: 1, bytes });
  t.equal(asked, 2);
  holds = true;
  t.match(await http.request(lines), { text: 'ok' });
  t.equal(asked, 3, 'once a request');
});

void t.test('the lease is asked for at the first byte, not before the handshake', async (t) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'http-test-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const words = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout ${key} -out ${cert}`;
  execFileSync('openssl', words.split(' '), { stdio: 'ignore' });
  let requests = 0;
  const server = https.createServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (_, response) => {
      requests += 1;
      response.end('ok');
    },
  );
  const target = await listen(t, server);

  const plain = { method: 'POST', body: 'x', carriesLines: true } as const;
  const direct = `https://127.0.0.1:${String(target)}/`;
  t.match(
    await client(t, { mayWrite: () => t.fail('not asked') }).request({ ...plain, url: direct }),
    { kind: 'unreachable' },
    'a certificate that is not trusted',
  );

  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  t.teardown(() => delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']);
  t.match(await client(t).request({ ...plain, url: direct }), { kind: 'answer', text: 'ok' });
  t.equal(requests, 1);

  // The lease ends while the handshake hangs, as for a process that was stopped and continued.
  let holds = true;
  const port = await serveRaw(t, (socket) => {
    holds = false;
    const onward = net.connect(target, '127.0.0.1');
    onward.on('error', () => undefined);
    socket.on('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  t.match(
    await client(t, { mayWrite: () => holds }).request({
      ...plain,
      url: `https://127.0.0.1:${String(port)}/`,
    }),
    { kind: 'lease_lost' },
  );
  t.equal(requests, 1);
});

void t.test('no private address unless allowed, by number or by name', async (t) => {
  const { port, seen } = await serve(t, (_, response) => response.end());
  const http = client(t, { allowPrivateAddresses: false });
  for (const host of ['127.0.0.1', '[::ffff:127.0.0.1]', '0x7f.1', 'localhost']) {
    const url = `https://${host}:${String(port)}/`;
    t.match(await http.request({ method: 'GET', url }), {
      kind: 'unreachable',
      message: /private network/,
    });
  }
  const url = `http://127.0.0.1:${String(port)}/`;
  t.match(await http.request({ method: 'GET', url }), { kind: 'unreachable', message: /https/ });
  t.equal(seen.connections, 0);
});

void t.test('being stopped ends what is under way and sends nothing after', async (t) => {
  const { url, seen } = await serve(t, () => stopper.abort());
  const stopper = new AbortController();
  const http = client(t, { signal: stopper.signal });
  t.match(await http.request({ method: 'GET', url }), { kind: 'no_answer' });
  t.match(await http.request({ method: 'GET', url }), { kind: 'lease_lost' });
  const late = client(t, { signal: AbortSignal.abort() });
  t.match(await late.request({ method: 'GET', url }), { kind: 'lease_lost' });
  const closed = client(t);
  closed.close();
  t.match(await closed.request({ method: 'GET', url }), { kind: 'lease_lost' });
  t.equal(seen.requests, 1);
});

void t.test('tells of each request without its query, headers or body', async (t) => {
  const { url } = await serve(t, (_, response) =>
    response.writeHead(418, { 'request-id': 'r-1' }).end('hush'),
  );
  const told: HttpObservation[] = [];
  const http = client(t, { observe: (observation) => told.push(observation) });
  const headers = { authorization: 'hush' };
  await http.request({ method: 'POST', url: `${url}/p?q=hush`, body: 'hush', headers });
  await http.request({ method: 'GET', url: 'http://127.0.0.1:1/x' });
  t.match(told, [
    { method: 'POST', path: '/p', kind: 'answer', status: 418, remoteRequestId: 'r-1' },
    { method: 'GET', path: '/x', kind: 'unreachable', status: null, remoteRequestId: null },
  ]);
  t.notMatch(JSON.stringify(told), /hush/);
});

void t.test('hashes text as UTF-8', (t) => {
  t.equal(sha256Hex(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  t.not(sha256Hex('å'), sha256Hex('a'));
  t.end();
});
