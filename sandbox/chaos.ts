/**
 * `npm run chaos`: several dispatchers, two accounting systems and a database, all of which fail at
 * random for a while; then everything is counted. docs/chaos.md says what must hold.
 *
 * Exit code 0: all promises were kept; 1: one was not, or something did not start.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Command, InvalidArgumentError } from 'commander';

import type { Breach } from './chaos/breach.ts';
import { booksOf, check } from './chaos/check.ts';
import { settleReviews } from './chaos/coordinator.ts';
import { Fleet } from './chaos/fleet.ts';
import { LONGEST_DELAY_MS, TIMINGS } from './chaos/organisations.ts';
import { play, QUIET_MS, type Played } from './chaos/play.ts';
import { countsOf, showBreaches, showCounts } from './chaos/report.ts';
import { takeSnapshot } from './chaos/snapshot.ts';
import { startChaosWorld, type ChaosWorld } from './chaos/world.ts';
import { Screen } from './demo/screen.ts';

interface Options {
  readonly seconds: number;
  readonly seed: number;
  readonly dispatchers: number;
  readonly verbose?: true;
}

const command = new Command('npm run chaos --')
  .description(
    'Exports claims of four organisations while dispatchers are killed, stopped and started, ' +
      'sessions are cut, and both accounting systems fail in all the ways that they may. Then it ' +
      'waits until all is quiet, and counts: nothing may be booked twice, lost, or told otherwise ' +
      'by the database than by the ledgers. It starts all it needs on 127.0.0.1, Postgres ' +
      'included, and stops it in the end.',
  )
  .option('--seconds <n>', 'how long things go wrong', wholeNumber(1, 3_600), 30)
  .option('--seed <n>', 'the same seed makes the same trouble', wholeNumber(0, 2 ** 32 - 1))
  .option('--dispatchers <n>', 'how many dispatchers', wholeNumber(1, 10), 3)
  .option('--verbose', 'keep the logs, also when all went well')
  .showHelpAfterError();
command.parse();
const given = command.opts<Omit<Options, 'seed'> & { seed?: number }>();
await main({ ...given, seed: given.seed ?? Math.floor(Math.random() * 2 ** 32) });

async function main(options: Options): Promise<void> {
  const screen = new Screen(process.stdout, process.env);
  const interrupting = new AbortController();
  let received: NodeJS.Signals | undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (signal: NodeJS.Signals): void => {
    // The second one doesn't wait: what was started is killed on exit.
    if (received !== undefined) process.exit(1);
    received = signal;
    interrupting.abort();
  };
  for (const signal of signals) process.on(signal, onSignal);

  const closers: (() => Promise<void>)[] = [];
  const logFolder = await mkdtemp(path.join(os.tmpdir(), 'accounting-chaos-'));
  let isGood = false;
  try {
    isGood = await playAndCheck(options, screen, interrupting.signal, closers, logFolder);
  } catch (error) {
    if (received === undefined) {
      screen.line(screen.bad(error instanceof Error ? (error.stack ?? '') : String(error)));
    }
  }
  for (const close of closers.reverse()) {
    await close().catch((error: unknown) => {
      isGood = false;
      screen.line(screen.bad(`while stopping: ${String(error)}`));
    });
  }
  if ((isGood || received !== undefined) && options.verbose !== true) {
    await rm(logFolder, { recursive: true, force: true });
  } else screen.line(`\nLogs of dispatchers and accounting systems: ${logFolder}`);
  const word = received !== undefined ? 'Interrupted' : isGood ? 'All kept' : screen.bad('Failed');
  screen.line(`\n${word} after ${screen.elapsed()}, seed ${options.seed}.`);
  for (const signal of signals) process.removeListener(signal, onSignal);
  if (!isGood) process.exitCode = 1;
  if (received !== undefined) process.kill(process.pid, received);
}

/** Whether all promises were kept. */
async function playAndCheck(
  options: Options,
  screen: Screen,
  signal: AbortSignal,
  closers: (() => Promise<void>)[],
  logFolder: string,
): Promise<boolean> {
  const { seconds, seed, dispatchers } = options;
  screen.line(`${seconds} s of chaos with ${dispatchers} dispatchers, seed ${seed}.`);
  const world = await startChaosWorld(seed, closers);
  signal.throwIfAborted();
  const fleet = new Fleet(
    dispatchers,
    { ...world.environment, LOG_LEVEL: options.verbose === true ? 'debug' : 'info' },
    logFolder,
  );
  closers.push(() => fleet.close());
  await fleet.start();

  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  const played = await play(world, fleet, { seconds, seed, screen, signal });
  lag.disable();
  const longestLagMs = Math.round(lag.max / 1e6);

  const snapshot = await takeSnapshot(world.control);
  const verdict = check({ snapshot, books: booksOf(world), asked: played.ledger.runs });
  const counts = countsOf(played, fleet, snapshot, verdict);
  showCounts(screen, counts, snapshot);
  screen.line();
  screen.line(`  settled ${Math.round(played.settledAfterMs / 1_000)} s after the last mishap`);
  screen.line(
    `  the accounting systems applied nothing later than ${LONGEST_DELAY_MS} ms and this ` +
      `process' longest pause, ${longestLagMs} ms; they promise ${TIMINGS.remote_max_ms} ms`,
  );
  if (LONGEST_DELAY_MS + longestLagMs > TIMINGS.remote_max_ms) {
    screen.line(screen.bad('  This machine was too slow for that: what follows proves nothing.'));
  }
  const breaches = [
    ...verdict.breaches,
    ...otherBreaches(played, fleet),
    ...(await breachesOnceSettled(world, played, screen)),
  ];
  if (breaches.length > 0 || options.verbose === true) await keepLogs(world, logFolder);
  if (breaches.length > 0) showBreaches(screen, breaches, snapshot);
  return breaches.length === 0;
}

/** What is still not as it should be once a person has settled what waited for one. */
async function breachesOnceSettled(
  world: ChaosWorld,
  played: Played,
  screen: Screen,
): Promise<Breach[]> {
  const books = booksOf(world);
  const count = await settleReviews(world.control, books);
  if (count === 0) return [];
  screen.line(`  a person settled ${count} runs by what the ledgers have`);
  const snapshot = await takeSnapshot(world.control);
  const left = snapshot.runs.filter(({ state }) => state === 'needs_review');
  return [
    ...left.map(({ run_id: runId }): Breach => {
      return { promise: 'stuck', runId, text: 'was settled by a person, and still waits for one' };
    }),
    ...check({ snapshot, books, asked: played.ledger.runs }).breaches,
  ];
}

function otherBreaches(played: Played, fleet: Fleet): Breach[] {
  return [
    ...fleet.deaths.map((text): Breach => ({ promise: 'stuck', runId: null, text })),
    ...(played.isSettled
      ? []
      : [
          {
            promise: 'stuck',
            runId: null,
            text: `not all runs had settled ${QUIET_MS / 1_000} s after the last mishap`,
          } as const,
        ]),
  ];
}

async function keepLogs(world: ChaosWorld, folder: string): Promise<void> {
  const { businessCentral, xledger } = world;
  await writeFile(
    path.join(folder, 'business-central.json'),
    JSON.stringify({ requests: businessCentral.requests, ledger: businessCentral.ledger() }),
  );
  await writeFile(
    path.join(folder, 'xledger.json'),
    JSON.stringify({ requests: xledger.requests, ledger: xledger.ledger() }),
  );
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,10}$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };
}
