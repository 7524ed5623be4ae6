import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';

import { LeaseClock } from '../lease-clock.ts';
import { waitFor } from './support/wait-for.ts';

void t.test('a lease holds not before its length is known', (t) => {
  const clock = new LeaseClock();
  t.equal(clock.holds(), false);
  clock.set(60_000);
  t.equal(clock.holds(), true);
  t.end();
});

void t.test('a length of nothing, or less, never holds', (t) => {
  const clock = new LeaseClock();
  for (const length of [0, -500]) {
    clock.set(length);
    t.equal(clock.holds(), false);
  }
  t.end();
});

void t.test('it counts from when the clock was made, not from the answer', async (t) => {
  const clock = new LeaseClock();
  await sleep(30);
  clock.set(25);
  t.equal(clock.holds(), false, 'the way to the database and back counts');
  t.ok(clock.elapsedMs() >= 29);
});

void t.test('it ends by itself', async (t) => {
  const clock = new LeaseClock();
  clock.set(40);
  t.equal(clock.holds(), true);
  await waitFor(() => !clock.holds(), { timeoutMs: 1_000 });
  t.ok(clock.elapsedMs() >= 40);
});

void t.test('a process that was stopped finds its lease gone when it wakes', async (t) => {
  const file = new URL('../lease-clock.ts', import.meta.url).href;
  const program = `
    const { LeaseClock } = await import(${JSON.stringify(file)});
    const clock = new LeaseClock();
    clock.set(300);
    process.stdout.write(String(clock.holds()) + '\\n');
    process.stdin.once('data', () => {
      process.stdout.write(String(clock.holds()) + '\\n');
      process.exit();
    });`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  t.teardown(() => child.kill('SIGKILL'));
  const said: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
  await waitFor(() => said.length === 1);
  child.kill('SIGSTOP');
  const started = performance.now();
  await waitFor(() => performance.now() - started > 320);
  child.stdin.write('now\n');
  child.kill('SIGCONT');
  await once(child, 'close');
  t.equal(said.join(''), 'true\nfalse\n');
});
