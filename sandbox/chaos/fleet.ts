/** The dispatchers, each a process of its own, to be killed, stopped and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** One place in the fleet; the process in it changes. */
interface Slot {
  readonly name: string;
  readonly logFile: string;
  child: ChildProcess | null;
  /** Until when the next process is not started yet; a timer that can be forestalled. */
  pending: { readonly timer: NodeJS.Timeout; readonly act: () => void } | null;
  /** How long to wait once the process is gone; null: nobody ended it. */
  restartAfterMs: number | null;
}

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url));
const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;

/** Starts dispatchers and ends them, in every way there is. */
export class Fleet {
  readonly counts = { starts: 0, kills: 0, stops: 0, terminations: 0 };
  /** A sentence for each dispatcher that ended though nobody had ended it. */
  readonly deaths: string[] = [];
  readonly #slots: readonly Slot[];
  readonly #environment: Readonly<Record<string, string>>;
  #isClosing = false;
  readonly #onExit = (): void => {
    for (const { child } of this.#slots) child?.kill('SIGKILL');
  };

  /**
   * @param size how many.
   * @param environment their settings; of our own environment they get no more than they need.
   * @param logFolder gets a log file for each.
   */
  constructor(size: number, environment: Readonly<Record<string, string>>, logFolder: string) {
    this.#environment = environment;
    this.#slots = Array.from({ length: size }, (_, place) => ({
      name: `chaos-${place + 1}`,
      logFile: path.join(logFolder, `dispatcher-${place + 1}.log`),
      child: null,
      pending: null,
      restartAfterMs: null,
    }));
  }

  get size(): number {
    return this.#slots.length;
  }

  /** Starts all, and waits until they work. */
  async start(): Promise<void> {
    process.once('exit', this.#onExit);
    for (const slot of this.#slots) this.#launch(slot);
    const deadline = Date.now() + startTimeoutMs;
    for (const { logFile } of this.#slots) {
      while (!(await readFile(logFile, 'utf8')).includes('"event":"dispatcher.started"')) {
        if (Date.now() > deadline || this.deaths.length > 0) {
          throw new Error(`a dispatcher did not start:\n${await readFile(logFile, 'utf8')}`);
        }
        await sleep(50);
      }
    }
  }

  /** `kill -9`; started again after so many milliseconds. */
  kill(place: number, restartAfterMs: number): void {
    if (this.#end(place, 'SIGKILL', restartAfterMs)) this.counts.kills += 1;
  }

  /** SIGTERM, as a deployment does. */
  terminate(place: number, restartAfterMs: number): void {
    if (this.#end(place, 'SIGTERM', restartAfterMs)) this.counts.terminations += 1;
  }

  /** SIGSTOP, and SIGCONT after so many milliseconds. */
  hang(place: number, ms: number): void {
    const slot = this.#slots[place];
    const child = slot?.child;
    if (slot === undefined || !child || slot.pending !== null) return;
    child.kill('SIGSTOP');
    this.counts.stops += 1;
    this.#later(slot, ms, () => child.kill('SIGCONT'));
  }

  /** Lets all go on that are stopped, and starts all that are not there. */
  calm(): void {
    for (const slot of this.#slots) {
      if (slot.pending === null) continue;
      clearTimeout(slot.pending.timer);
      slot.pending.act();
    }
  }

  /** Lets all finish what is under way; who doesn't, is killed. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.calm();
    await Promise.all(
      this.#slots.map(async ({ child }) => {
        if (!child || child.exitCode !== null || child.signalCode !== null) return;
        const exited = once(child, 'exit');
        const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
        child.kill('SIGTERM');
        await exited;
        clearTimeout(timer);
      }),
    );
    process.removeListener('exit', this.#onExit);
  }

  #end(place: number, signal: NodeJS.Signals, restartAfterMs: number): boolean {
    const slot = this.#slots[place];
    if (!slot?.child || slot.restartAfterMs !== null) return false;
    slot.restartAfterMs = restartAfterMs;
    slot.child.kill(signal);
    return true;
  }

  #launch(slot: Slot): void {
    if (this.#isClosing) return;
    const log = openSync(slot.logFile, 'a');
    const child = spawn(process.execPath, ['--import', 'tsx', 'dispatcher/main.ts'], {
      cwd: projectDirectory,
      // Detached, so that Ctrl-C in a terminal reaches us alone and the order of stopping is ours.
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TMPDIR: process.env['TMPDIR'],
        ...this.#environment,
        DISPATCHER_NAME: slot.name,
      },
    });
    closeSync(log);
    slot.child = child;
    slot.restartAfterMs = null;
    this.counts.starts += 1;
    child.once('error', (error) => this.deaths.push(`${slot.name}: ${error.message}`));
    child.once('exit', (code, signal) => {
      slot.child = null;
      if (this.#isClosing) return;
      if (slot.restartAfterMs === null) {
        this.deaths.push(`${slot.name} ended by itself (${signal ?? `exit code ${code}`})`);
      }
      if (slot.pending !== null) clearTimeout(slot.pending.timer);
      this.#later(slot, slot.restartAfterMs ?? 500, () => this.#launch(slot));
    });
  }

  #later(slot: Slot, ms: number, then: () => void): void {
    const act = (): void => {
      slot.pending = null;
      then();
    };
    slot.pending = { timer: setTimeout(act, ms), act };
  }
}
