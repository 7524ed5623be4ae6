import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import t from 'tap';

import { startPanelServer } from '../panel-server.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'panel-'));
t.teardown(() => rm(folder, { recursive: true }));
const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
await write('index.html', '<meta id="api-url" name="api-url" content="" />');
await write('page.js', 'page();'.repeat(100));
await write('secret.txt', 'of no kind that is served');
const server = await startPanelServer({ folder, apiUrl: 'http://127.0.0.1:3000/' });
t.teardown(() => server.close());

const get = (at: string, options: RequestInit = {}) => fetch(new URL(at, server.url), options);

void t.test('the page is told the API’s address, and may ask nothing else', async (t) => {
  const page = await get('/');
  t.equal(page.status, 200);
  t.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
  t.equal(
    await page.text(),
    '<meta id="api-url" name="api-url" content="http://127.0.0.1:3000" />',
  );
  const policy = page.headers.get('content-security-policy') ?? '';
  t.match(policy, /default-src 'none'/);
  t.match(policy, /connect-src http:\/\/127\.0\.0\.1:3000;/);
  t.match(policy, /require-trusted-types-for 'script'/);
  t.notMatch(policy, /unsafe|\*|data:|blob:/);
});

void t.test(
  'every answer, refusals too, forbids guessing types and telling where we were',
  async (t) => {
    for (const [at, options] of [
      ['/', {}],
      ['/page.js', {}],
      ['/nothing', {}],
      ['/', { method: 'POST' }],
    ] as const) {
      const { headers } = await get(at, options);
      t.equal(headers.get('x-content-type-options'), 'nosniff', at);
      t.equal(headers.get('referrer-policy'), 'no-referrer', at);
      t.match(headers.get('content-security-policy'), /frame-ancestors 'none'/, at);
    }
  },
);

void t.test('files are served gzipped, and not again while they are the same', async (t) => {
  const first = await get('/page.js?v=1');
  t.equal(first.headers.get('content-encoding'), 'gzip');
  t.equal(await first.text(), 'page();'.repeat(100));
  t.equal(first.headers.get('cache-control'), 'no-cache');
  const etag = first.headers.get('etag') ?? '';
  const again = await get('/page.js', { headers: { 'if-none-match': etag } });
  t.equal(again.status, 304);
  const head = await get('/page.js', { method: 'HEAD' });
  t.equal(head.status, 200);
  t.equal(head.headers.get('content-length'), first.headers.get('content-length'));
  t.equal(await head.text(), '');
});

void t.test('nothing outside of the folder is served, nor what is no part of a page', async (t) => {
  for (const target of [
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/./page.js',
    '//page.js',
    '/page.js/',
    '/page.js%00.html',
    '/secret.txt',
    path.join(folder, 'page.js'),
    '/constructor',
    '*',
  ]) {
    t.match(await raw(`GET ${target} HTTP/1.1`), /^HTTP\/1\.1 404 /, target);
  }
});

void t.test('nothing is changed by it: GET and HEAD alone', async (t) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const answer = await get('/', { method });
    t.equal(answer.status, 405, method);
    t.equal(answer.headers.get('allow'), 'GET, HEAD', method);
  }
});

void t.test('a folder without a built panel is refused, with what to do', async (t) => {
  await t.rejects(
    startPanelServer({ folder: path.join(folder, 'none'), apiUrl: 'http://127.0.0.1:3000' }),
    /npm run build:panel/,
  );
});

/** Sends a request line as it is, which fetch would tidy; gives the status line. */
function raw(line: string): Promise<string> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.once('error', reject).once('close', () => resolve(text.split('\r\n')[0] ?? ''));
    socket.end(`${line}\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
  });
}
