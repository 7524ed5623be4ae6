import t from 'tap';

import { WakeUp } from '../wake-up.ts';

const long = 60_000;

/** Whether a promise is settled by now, all that was due having run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  await new Promise(setImmediate);
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

void t.test('whoever waits is woken', async (t) => {
  const wakeUp = new WakeUp();
  const waiting = wakeUp.wait(long);
  t.equal(await isSettled(waiting), false);
  wakeUp.set();
  await waiting;
  t.pass('at once');
});

void t.test('a wake-up that comes while nobody waits is remembered', async (t) => {
  const wakeUp = new WakeUp();
  wakeUp.set();
  await wakeUp.wait(long);
  t.pass('at once');
});

void t.test('many wake-ups count as one', async (t) => {
  const wakeUp = new WakeUp();
  for (let i = 0; i < 1_000; i += 1) wakeUp.set();
  await wakeUp.wait(long);
  const second = wakeUp.wait(30);
  t.equal(await isSettled(second), false, 'the next one waits');
  await second;
});

void t.test('a wake-up between waking and the next wait is not lost', async (t) => {
  const wakeUp = new WakeUp();
  const first = wakeUp.wait(long);
  wakeUp.set();
  await first;
  wakeUp.set();
  await wakeUp.wait(long);
  t.pass('at once');
});

void t.test('without one it returns after the time', async (t) => {
  const wakeUp = new WakeUp();
  const started = performance.now();
  await wakeUp.wait(30);
  t.ok(performance.now() - started >= 29);
});

void t.test('a time past what a timer can count is waited, not fired at once', async (t) => {
  const wakeUp = new WakeUp();
  const waiting = wakeUp.wait(Number.MAX_SAFE_INTEGER);
  await new Promise((resolve) => setTimeout(resolve, 20));
  t.equal(await isSettled(waiting), false);
  wakeUp.set();
  await waiting;
});
