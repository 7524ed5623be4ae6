/** Answers that never end or are far too big: the deadline and the cap hold in every phase. */
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

import t from 'tap';

import { createHttpClient, type HttpResult } from '../http.ts';

interface Test {
  teardown(handler: () => unknown): unknown;
}

/** What a server that writes `head` and then `part` for ever gets us to say, and how long it took. */
async function answerOf(
  t: Test,
  head: string | Buffer,
  part: string,
  everyMs: number,
): Promise<{ result: HttpResult; tookMs: number; heapMb: number }> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(head);
      if (part === '') return void socket.end();
      const drip = setInterval(() => {
        if (socket.writableLength < 1_000_000) socket.write(part);
      }, everyMs);
      socket.once('close', () => clearInterval(drip));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const startedAt = performance.now();
  const before = process.memoryUsage().heapUsed;
  const client = createHttpClient({
    deadlineAt: startedAt + 1_500,
    maxBodyBytes: 10_000,
    mayWrite: () => true,
    allowPrivateAddresses: true,
  });
  t.teardown(() => client.close());
  const result = await client.request({
    method: 'POST',
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    body: 'x',
    carriesLines: true,
  });
  return {
    result,
    tookMs: performance.now() - startedAt,
    heapMb: (process.memoryUsage().heapUsed - before) / 1e6,
  };
}

const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
const cases: readonly [
  title: string,
  head: string | Buffer,
  part: string,
  everyMs: number,
  expected: object,
][] = [
  ['a head byte by byte', 'HTTP/1.1 200 OK\r\nx: ', 'y', 5, { kind: 'no_answer' }],
  ['a status line that never ends', 'HTTP/1.1 200 ', 'O'.repeat(9_000), 1, { kind: 'no_answer' }],
  [
    'a header that never ends',
    'HTTP/1.1 200 OK\r\nx: ',
    'y'.repeat(9_000),
    1,
    { kind: 'no_answer' },
  ],
  [
    'headers that never end',
    'HTTP/1.1 200 OK\r\n',
    'x: y\r\n'.repeat(900),
    1,
    { kind: 'no_answer' },
  ],
  [
    'only interim answers',
    '',
    'HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n'.repeat(9),
    1,
    { kind: 'no_answer' },
  ],
  [
    'a body byte by byte',
    chunked,
    '1\r\nx\r\n',
    5,
    { kind: 'answer', status: 200, isTruncated: true },
  ],
  [
    'a body that never ends',
    chunked,
    `2710\r\n${'x'.repeat(10_000)}\r\n`,
    1,
    { kind: 'answer', isTruncated: true },
  ],
  [
    'a chunk extension that never ends',
    `${chunked}1;a=`,
    'b'.repeat(9_000),
    1,
    { kind: 'answer', isTruncated: true },
  ],
  [
    'trailers that never end',
    `${chunked}1\r\nx\r\n0\r\n`,
    'x: y\r\n'.repeat(900),
    1,
    { kind: 'answer', isTruncated: true },
  ],
  [
    'a bomb in two wrappings',
    Buffer.concat([
      Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip, gzip\r\nconnection: close\r\n\r\n'),
      gzipSync(gzipSync('0'.repeat(20_000_000))),
    ]),
    '',
    0,
    { kind: 'answer', status: 200 },
  ],
];

for (const [title, head, part, everyMs, expected] of cases) {
  await t.test(title, async (t) => {
    const { result, tookMs, heapMb } = await answerOf(t, head, part, everyMs);
    t.match(result, expected);
    if (result.kind === 'answer') t.ok(result.text.length <= 10_000, 'the cap holds');
    t.ok(tookMs < 20_000, `the deadline holds: ${String(Math.round(tookMs))} ms`);
    t.ok(heapMb < 100, `nothing is gathered: ${String(Math.round(heapMb))} MB`);
  });
}

t.end();
