import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { retryCases, scriptReplies } from './with-retry-cases.ts';

// No way around a missing Deno: without its package or its binary, these lines throw.
const packages = dirname(dirname(createRequire(import.meta.url).resolve('deno/package.json')));
const deno = join(packages, '.bin', 'deno');
accessSync(deno, constants.X_OK);

void t.test('the same table of cases holds under Deno, unchanged', async (t) => {
  const script = scriptReplies(retryCases);
  const server = createServer((request, response) => {
    const reply = script.next(request.url ?? '');
    response.writeHead(reply.status, reply.headers);
    if (reply.isUnfinished === true) response.write('…');
    else response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });

  // Nothing but this server may be reached, and no configuration or package of ours is seen.
  const child = spawn(
    deno,
    [
      'run',
      '--check',
      '--no-config',
      '--no-lock',
      '--no-remote',
      '--no-npm',
      '--node-modules-dir=none',
      '--no-prompt',
      `--allow-net=127.0.0.1:${port}`,
      fileURLToPath(new URL('./deno/with-retry.deno.ts', import.meta.url)),
      `http://127.0.0.1:${port}`,
    ],
    {
      cwd: t.testdir(),
      env: { DENO_DIR: t.testdir(), DENO_NO_UPDATE_CHECK: '1', PATH: process.env['PATH'] },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
      killSignal: 'SIGKILL',
    },
  );
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (!t.equal(code, 0, 'Deno ends by itself, without complaint')) t.comment(stderr);

  const lines = stdout.split('\n').filter((line) => line !== '');
  const reports = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const { title, error, runtime } of reports) {
    t.equal(error, null, `${String(runtime)}: ${String(title)}`);
  }
  t.ok(
    reports.every(({ runtime }) => String(runtime).startsWith('deno ')),
    'it really was Deno',
  );
  t.strictSame(
    reports.map(({ title }) => title),
    retryCases.map(({ title }) => title),
    'every case of the table has reported, and no other',
  );
  t.strictSame(
    script.counts,
    retryCases.map(({ requests }) => requests),
    'so many requests arrived',
  );
});
