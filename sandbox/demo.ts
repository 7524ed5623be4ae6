/**
 * `npm run demo`: the whole system on this machine, played through with six things that go wrong.
 *
 * Exit code 0: all six were met, and the ledgers agree with the claims; 1: not so, or something did
 * not start. Ctrl-C ends it at any time.
 */
import { setImmediate } from 'node:timers/promises';
import { Command } from 'commander';

import { ApiClient } from './demo/api-client.ts';
import { writeParts } from './demo/acts.ts';
import { showHowToGoOn } from './demo/keep.ts';
import { openPanel } from './demo/panel.ts';
import { play, putClaims } from './demo/play.ts';
import { showStatus, showStory, showSums } from './demo/report.ts';
import { Screen } from './demo/screen.ts';
import { makeLogFolder, startWorld, type World } from './demo/world.ts';

const command = new Command('npm run demo --')
  .description(
    'Exports 240 made-up claims of two organisations into the sandboxes of Business Central and ' +
      'Xledger, meets six things that go wrong, and checks that the ledgers agree to the øre. ' +
      'It starts all it needs on 127.0.0.1, Postgres included, and stops it in the end.',
  )
  .option(
    '--keep',
    'leave everything running, with the panel, tokens and requests to try, until Ctrl-C',
  )
  .showHelpAfterError();
command.parse();
await main(command.opts<{ keep?: true }>().keep === true);

async function main(isKept: boolean): Promise<void> {
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
  const log = await makeLogFolder();
  let problems: string[] = [];
  let hasEnded = false;
  try {
    const world = await startAll(screen, interrupting.signal, closers, log.logFile);
    try {
      problems = await playAll(world, screen, interrupting.signal);
      hasEnded = true;
    } catch (error) {
      problems = [describe(error)];
    }
    await setImmediate();
    if (received === undefined && problems.length > 0) showProblems(screen, problems, log.logFile);
    if (received === undefined && isKept) {
      const panel = await openPanel(screen, world, interrupting.signal, closers);
      showHowToGoOn(screen, world, panel, log.logFile);
      await aborted(interrupting.signal);
    }
  } catch (error) {
    // A signal that came while a step blocked is told only now.
    await setImmediate();
    problems = [describe(error)];
    if (received === undefined) showProblems(screen, problems, log.logFile);
  }

  if (received !== undefined) screen.line(`\nStopping (${received}) …`);
  for (const close of closers.reverse()) {
    await close().catch((error: unknown) => {
      problems.push(`while stopping: ${describe(error)}`);
      screen.line(problems.at(-1));
    });
  }
  const isFailure = problems.length > 0 && (received === undefined || hasEnded);
  if (!isFailure) await log.remove();
  screen.line();
  const word = isFailure ? screen.bad('Failed') : hasEnded ? 'Done' : 'Interrupted';
  screen.line(`${word} after ${screen.elapsed()}. Everything that was started is stopped.`);
  for (const signal of signals) process.removeListener(signal, onSignal);
  if (isFailure || !hasEnded) process.exitCode = 1;
  if (received !== undefined && !hasEnded) process.kill(process.pid, received);
}

async function startAll(
  screen: Screen,
  signal: AbortSignal,
  closers: (() => Promise<void>)[],
  logFile: string,
): Promise<World> {
  screen.line('Two organisations, two accounting systems, 240 approved claims, six mishaps.');
  screen.heading('Starting');
  return startWorld({ screen, signal, closers, logFile });
}

/** What is wrong in the end; empty if nothing is. */
async function playAll(world: World, screen: Screen, signal: AbortSignal): Promise<string[]> {
  const api = new ApiClient(world.apiUrl, signal);
  const parts = writeParts(world, new Date());
  await screen.step(
    () => putClaims(api, parts),
    (count) => `${count} approved claims, put by the app`,
  );
  screen.heading('Exporting');
  const runs = await play(world, api, parts, screen, signal);
  const problems = showStory(screen, runs);
  await showStatus(screen, api, parts);
  return [...problems, ...(await showSums(screen, api, world, parts))];
}

function showProblems(screen: Screen, problems: readonly string[], logFile: string): void {
  const most = 20;
  screen.heading('This is not as it should be');
  for (const problem of problems.slice(0, most)) screen.line(`  ${screen.bad(`- ${problem}`)}`);
  if (problems.length > most) screen.line(`  … and ${problems.length - most} more`);
  screen.line();
  screen.line('Where to look next:');
  screen.line(`  ${logFile}   the dispatcher's log, one JSON line per event`);
  screen.line('  README.md, “What is stuck?”, and docs/states.md, for what each state means');
  screen.line('  npm run demo -- --keep   leaves everything running, to look into');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
