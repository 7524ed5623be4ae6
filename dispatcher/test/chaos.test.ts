/** `npm run chaos`, for a short while, as a person starts it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function chaos(...options: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/chaos.ts', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGTERM'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

void t.test('in ten seconds of chaos nothing is booked twice and nothing is lost', async (t) => {
  const { code, output } = await chaos('--seconds', '10', '--seed', '20260303');
  t.equal(code, 0, output);
  const count = (name: string) => Number(new RegExp(`^  ${name} +(\\d+)$`, 'm').exec(output)?.[1]);
  for (const name of ['double bookings', 'lost', 'disagreeing']) t.equal(count(name), 0, name);
  for (const name of [
    'kills',
    'stops',
    'terminations',
    'cut sessions',
    'garbage notifications',
    'faults given',
    'doubts',
    'questions',
    'claims booked',
    'claims refused',
  ]) {
    t.ok(count(name) > 0, `${name}: it really happened`);
  }
  t.match(output, /seed 20260303/, 'the seed is told');
});

void t.test('it says what it does, and refuses what it can not do', async (t) => {
  const help = await chaos('--help');
  t.equal(help.code, 0);
  t.match(help.output, /nothing\s+may\s+be\s+booked\s+twice/);
  for (const [options, words] of [
    [['--seconds', '0'], /a whole number from 1 to 3600/],
    [['--seed', '-1'], /a whole number from 0 to 4294967295/],
    [['--dispatchers', 'many'], /a whole number from 1 to 10/],
    [['--fast'], /unknown option '--fast'/],
  ] as const) {
    const { code, output } = await chaos(...options);
    t.equal(code, 1, options.join(' '));
    t.match(output, words);
  }
});

t.end();
