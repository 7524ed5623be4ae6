/** A real dispatcher in a process of its own, started as `npm start` does, and its log. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { Teardown } from './database.ts';
import { waitFor } from './wait-for.ts';

/** One line of the log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface DispatcherProcess {
  readonly pid: number;
  /** What it has logged so far, oldest first. */
  readonly log: readonly LogLine[];
  /** All that it wrote, to either stream. */
  output(): string;
  stderr(): string;
  /** Resolves when the process is gone and its streams are read. */
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** Waits for an event; gives its line. */
  logged(event: string, isWanted?: (line: LogLine) => boolean): Promise<LogLine>;
}

export interface DispatcherOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Files beside this one that its process loads first. */
  readonly preload?: readonly string[];
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Starts `dispatcher/main.ts` and does not wait for it. It sees the variables given here and nothing
 * else of this process' environment but the path. Killed when `t` ends.
 */
export function spawnDispatcher(t: Teardown, options: DispatcherOptions): DispatcherProcess {
  const preload = (options.preload ?? []).flatMap((file) => [
    '--import',
    new URL(file, import.meta.url).href,
  ]);
  const child = spawn(process.execPath, ['--import', 'tsx', ...preload, 'dispatcher/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...options.environment },
  });
  const log: LogLine[] = [];
  const output: string[] = [];
  const stderr: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.push(line);
    log.push(parse(line));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.push(text);
    stderr.push(text);
  });
  const ended = (once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>).then(
    ([code, signal]) => ({ code, signal }),
  );
  t.teardown(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    log,
    output: () => output.join('\n'),
    stderr: () => stderr.join(''),
    ended,
    kill: (signal) => void child.kill(signal),
    logged: (event, isWanted = () => true) =>
      waitFor(
        () => {
          const found = log.find((line) => line.event === event && isWanted(line));
          if (found === undefined && (child.exitCode ?? child.signalCode) !== null) {
            throw new Error(`it ended before ${event}:\n${output.join('\n')}`);
          }
          return found;
        },
        { timeoutMs: 30_000, what: `the dispatcher to log ${event}` },
      ),
  };
}

/** As {@link spawnDispatcher}, and waits until it has begun to work. */
export async function startDispatcher(
  t: Teardown,
  options: DispatcherOptions,
): Promise<DispatcherProcess> {
  const dispatcher = spawnDispatcher(t, options);
  await dispatcher.logged('dispatcher.started');
  return dispatcher;
}

function parse(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { event: 'not JSON', line };
  }
}
