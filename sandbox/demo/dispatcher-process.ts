/** A dispatcher as a process of its own, as in production. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface DispatcherProcess {
  /** Of the process that works now. */
  readonly pid: number;
  /** How often it was killed and started again. */
  readonly restarts: number;
  /** How it ended; undefined while it runs, or is started again. */
  ended(): string | undefined;
  /** Lets it finish what is under way. May be called more than once. */
  stop(): Promise<void>;
}

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));
const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;
const mostRestarts = 20;

/**
 * Starts a dispatcher and returns once it works. Killed (`kill -9`), it is started again, as a
 * service manager would: nothing is lost, which is what the demo is about.
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
  let stopping: Promise<void> | undefined;
  let restarts = 0;
  let spawnProblem: string | undefined;
  let child = launch();

  function launch(): ChildProcess {
    const launched = spawn(process.execPath, ['--import', 'tsx', 'dispatcher/main.ts'], {
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
    launched.once('error', (error) => {
      spawnProblem = error.message;
    });
    launched.once('exit', (_code, signal) => {
      if (signal !== 'SIGKILL' || stopping !== undefined || restarts >= mostRestarts) return;
      restarts += 1;
      child = launch();
    });
    return launched;
  }

  const onExit = (): void => void child.kill('SIGKILL');
  process.once('exit', onExit);
  const ended = (): string | undefined => {
    if (spawnProblem !== undefined) return spawnProblem;
    if (child.exitCode !== null) return `exit code ${child.exitCode}`;
    return child.signalCode ?? undefined;
  };
  const end = async (): Promise<void> => {
    if (ended() === undefined) {
      const exited = once(child, 'exit');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(timer);
    }
    await log.close();
    process.removeListener('exit', onExit);
  };
  const stop = (): Promise<void> => (stopping ??= end());

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
  return {
    get pid() {
      return child.pid ?? 0;
    },
    get restarts() {
      return restarts;
    },
    ended,
    stop,
  };
}
