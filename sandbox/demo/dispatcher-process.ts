/** A dispatcher as a process of its own, as in production. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface DispatcherProcess {
  readonly pid: number;
  /** How it ended; undefined while it runs. */
  ended(): string | undefined;
  /** Lets it finish what is under way. May be called more than once. */
  stop(): Promise<void>;
}

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));
const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;

/**
 * Starts a dispatcher and returns once it works.
 *
 * @param environment its settings; of our own environment it gets no more than it needs to run.
 * @param logFile where its log goes, one JSON line per event.
 * @throws Error with what it wrote, if it doesn't start.
 */
export async function startDispatcher(
  environment: Readonly<Record<string, string>>,
  logFile: string,
): Promise<DispatcherProcess> {
  const log = await open(logFile, 'a');
  const child = spawn(process.execPath, ['--import', 'tsx', 'dispatcher/main.ts'], {
    cwd: projectDirectory,
    // Detached, so that Ctrl-C in a terminal reaches us alone and the order of stopping is ours.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: process.env['TMPDIR'],
      ...environment,
    },
  });
  await log.close();
  const onExit = (): void => void child.kill('SIGKILL');
  process.once('exit', onExit);
  let spawnProblem: string | undefined;
  child.once('error', (error) => {
    spawnProblem = error.message;
  });
  const ended = (): string | undefined => {
    if (spawnProblem !== undefined) return spawnProblem;
    if (child.exitCode !== null) return `exit code ${child.exitCode}`;
    return child.signalCode ?? undefined;
  };
  const stop = async (): Promise<void> => {
    if (ended() === undefined) {
      const exited = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(timer);
    }
    process.removeListener('exit', onExit);
  };

  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const written = await readFile(logFile, 'utf8');
    if (written.includes('"event":"dispatcher.started"')) break;
    if (ended() !== undefined || Date.now() > deadline) {
      const how = ended() ?? `not ready after ${startTimeoutMs} ms`;
      await stop();
      throw new Error(`The dispatcher did not start (${how}):\n${written}`);
    }
    await sleep(25);
  }
  return { pid: child.pid ?? 0, ended, stop };
}
