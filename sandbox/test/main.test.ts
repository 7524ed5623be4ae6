import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

function start(...words: readonly string[]) {
  const child = spawn(process.execPath, ['--import=tsx', main, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  return { child, ended, text: () => text };
}

void t.test('both systems answer, take the printed faults, and end on a signal', async (t) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const { child, ended, text } = start('--bc-port', '0', '--xledger-port', '0');
    t.teardown(() => child.kill('SIGKILL'));
    while (!text().includes('Ctrl+C')) await once(child.stdout, 'data');
    t.match(text(), /client_id=.* client_secret=/);
    const api = /^ {2}API +(http\S+)$/m.exec(text())?.[1] ?? '';
    t.equal((await fetch(`${api}/companies`)).status, 401);
    const faults = [...text().matchAll(/curl -X PUT (\S+) \\\n +-d '(.+)'/g)];
    t.equal(faults.length, 2);
    for (const [, url = '', body = ''] of faults) {
      t.equal((await fetch(url, { method: 'PUT', body })).status, 200, body);
    }
    child.kill(signal);
    t.same(await ended, [0, null]);
  }
});

void t.test('a port that is none is refused', async (t) => {
  const { ended, text } = start('--bc-port', 'x');
  t.same(await ended, [1, null]);
  t.match(text(), /a port is a whole number/);
});
