/**
 * Preloaded into a dispatcher (`node --import`): has the process die, or stall, at one point between
 * two lines of it, which is named by what leaves and enters the process. Without CRASH_AT it does
 * nothing.
 *
 * CRASH_AT: a {@link CrashPoint}. CRASH_BY: a {@link CrashKind}, default `kill`. CRASH_REFERENCE: only
 * at lines that carry this reference. CRASH_UNTIL: a stall lasts until there is such a file.
 */
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';

import pg from 'pg';

type Call = 'lease_runs' | 'start_attempt' | 'start_question' | 'record_results';

/**
 * `before`: the call is not sent. `after`: its answer has come, with a row, and nobody has seen it.
 * `connected`: to the accounting system, nothing is written. Lines are the request's body that
 * carries claims: not yet written, half of it, all of it, and the first bytes of its answer are here.
 * A post is Business Central's of a journal.
 */
export type CrashPoint =
  | `before ${Call}`
  | `after ${Call}`
  | 'connected'
  | 'lines begun'
  | 'lines halved'
  | 'lines written'
  | 'lines answered'
  | `post ${'begun' | 'written' | 'answered'}`;

/** SIGKILL; an exception or a rejection that nobody catches; the heap used up; a blocked event loop. */
export type CrashKind = 'kill' | 'throw' | 'reject' | 'memory' | 'stall';

const point = process.env['CRASH_AT'] ?? '';
const kind = (process.env['CRASH_BY'] ?? 'kill') as CrashKind;
const reference = process.env['CRASH_REFERENCE'] ?? '';
const stallUntil = process.env['CRASH_UNTIL'] ?? '';
let isOver = false;

function crash(): void {
  if (isOver) return;
  isOver = true;
  process.stderr.write(`crash-at: ${kind} ${point}\n`);
  switch (kind) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return;
    case 'throw':
      setImmediate(() => {
        throw new Error('thrown by crash-at');
      });
      return;
    case 'reject':
      void Promise.reject(new Error('rejected by crash-at'));
      return;
    case 'memory': {
      const hoard: number[][] = [];
      for (;;) hoard.push(new Array<number>(1_000_000).fill(hoard.length));
    }
    case 'stall': {
      const nothing = new Int32Array(new SharedArrayBuffer(4));
      while (!existsSync(stallUntil)) Atomics.wait(nothing, 0, 0, 20);
    }
  }
}

type Method = (...args: unknown[]) => unknown;

/** Replaces a method; `around` gets the original, bound, and the arguments. */
function wrap(
  prototype: object,
  name: string,
  around: (self: object, original: Method, args: unknown[]) => unknown,
): void {
  const holder = prototype as Record<string, Method>;
  const original = holder[name];
  if (original === undefined) throw new TypeError(`there is no ${name}`);
  holder[name] = function (this: object, ...args: unknown[]) {
    return around(this, original.bind(this), args);
  };
}

const [when, called] = point.split(' ');

if (when === 'before' || when === 'after') {
  wrap(pg.Client.prototype, 'query', (_client, query, args) => {
    const [text] = args;
    const callback = args.at(-1);
    if (typeof text !== 'string' || !text.includes(`accounting.${called}(`)) return query(...args);
    if (when === 'before') crash();
    if (typeof callback !== 'function') return query(...args);
    const seen = (error: unknown, result?: pg.QueryResult): void => {
      if (when === 'after' && (result?.rows.length ?? 0) > 0) crash();
      (callback as (error: unknown, result?: pg.QueryResult) => void)(error, result);
    };
    return query(...args.slice(0, -1), seen);
  });
}

if (point === 'connected') {
  const database = new URL(process.env['DATABASE_URL'] ?? '').port;
  wrap(Socket.prototype, 'connect', (socket, connect, args) => {
    // Node hands over what it made of its arguments; Postgres' client gives port and host.
    const options = (args[0] as readonly { port?: unknown }[])[0];
    if (options !== undefined && String(options.port) !== database) {
      (socket as Socket).once('connect', crash);
    }
    return connect(...args);
  });
}

if (point.startsWith('lines ')) {
  const batches = new WeakSet();
  wrap(Socket.prototype, 'write', (self, write, args) => {
    const socket = self as Socket;
    const bytes = Buffer.from(args[0] as string | Uint8Array);
    const text = bytes.toString('utf8');
    if (/^POST \S*\$batch /.test(text)) {
      // The head of a batch: its body is what is written next.
      batches.add(socket);
      return write(...args);
    }
    const carriesLines = batches.delete(socket) || text.includes('addGLImportItems(');
    if (isOver || !carriesLines || !text.includes(reference)) return write(...args);
    if (point === 'lines begun') crash();
    if (point === 'lines halved') return write(bytes.subarray(0, bytes.length / 2), crash);
    if (point === 'lines written') return write(bytes, crash);
    socket.prependOnceListener('data', crash);
    return write(...args);
  });
}

if (point.startsWith('post ')) {
  wrap(Socket.prototype, 'write', (self, write, args) => {
    const text = Buffer.from(args[0] as string | Uint8Array).toString('utf8');
    if (isOver || !/^POST \S*Microsoft\.NAV\.post /.test(text)) return write(...args);
    if (point === 'post begun') crash();
    if (point === 'post written') return write(text, crash);
    (self as Socket).prependOnceListener('data', crash);
    return write(...args);
  });
}
