/** A TCP proxy before the database, which a test has refuse, delay, cut and swallow. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

import type { Teardown } from './database.ts';

export interface TcpProxy {
  /** The database's URL through the proxy. */
  readonly url: string;
  /** Connections taken so far, refused ones left out. */
  readonly connections: number;
  /** New connections are closed at once, until `open`. */
  refuse(): void;
  /**
   * Connections take what they are sent and pass nothing on, in either direction and for good;
   * new ones do the same until `open`. Returns once something waits for an answer.
   *
   * @param onlyThose whose first message matches: it holds user, database and application_name.
   */
  blackHole(onlyThose?: RegExp): Promise<void>;
  /** New connections are passed on again, and nothing is delayed. */
  open(): void;
  /** Ends all connections, from both sides. */
  cutAll(): void;
  /** Whatever is sent, in either direction, arrives so much later. Milliseconds. */
  delay(ms: number): void;
  /** The next message from a client that matches arrives so much later than it would. Milliseconds. */
  delayNext(message: RegExp, ms: number): void;
  /**
   * The next message that matches is passed on; once the database has answered it in full, the
   * connection is cut instead of passing the answer back. Resolves then.
   */
  loseAnswerTo(message: RegExp): Promise<void>;
}

/** What Postgres ends every answer with: ready for query, outside a transaction. */
const readyForQuery = Buffer.from('Z\0\0\0\x05I', 'latin1');

interface Pair {
  readonly client: Socket;
  readonly remote: Socket;
  /** What it said first; empty until then. */
  greeting: string;
  isSwallowed: boolean;
  /** Told once an answer has been swallowed in full. */
  onAnswered: (() => void) | null;
}

/** Listens on a free port of 127.0.0.1; ends with `t`. */
export async function startTcpProxy(t: Teardown, databaseUrl: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const pairs = new Set<Pair>();
  let connections = 0;
  let isRefusing = false;
  let swallowing: RegExp | null = null;
  let onSwallowed = (): void => undefined;
  let delayMs = 0;
  let delayingNext: { message: RegExp; ms: number } | null = null;
  let losing: { message: RegExp; done: () => void } | null = null;

  const send = (to: Socket, data: Buffer, ms = delayMs): void => {
    if (ms === 0) to.write(data);
    // In order: timers of the same length end in the order in which they were set.
    else setTimeout(() => to.destroyed || to.write(data), ms);
  };
  const cut = ({ client, remote }: Pair): void => {
    client.destroy();
    remote.destroy();
  };

  function fromClient(pair: Pair, data: Buffer): void {
    pair.greeting ||= data.toString('latin1');
    pair.isSwallowed ||= swallowing?.test(pair.greeting) === true;
    if (pair.isSwallowed) return onSwallowed();
    if (losing?.message.test(data.toString('latin1')) === true) {
      const { done } = losing;
      losing = null;
      pair.onAnswered = () => {
        cut(pair);
        done();
      };
    }
    if (delayingNext?.message.test(data.toString('latin1')) === true) {
      const { ms } = delayingNext;
      delayingNext = null;
      send(pair.remote, data, ms);
    } else send(pair.remote, data);
  }

  function fromRemote(pair: Pair, data: Buffer): void {
    if (pair.isSwallowed) return;
    if (pair.onAnswered === null) send(pair.client, data);
    else if (data.includes(readyForQuery)) pair.onAnswered();
  }

  const server = createServer((client) => {
    if (isRefusing) {
      client.destroy();
      return;
    }
    connections += 1;
    const remote = connect(Number(port), hostname);
    const pair: Pair = { client, remote, greeting: '', isSwallowed: false, onAnswered: null };
    pairs.add(pair);
    client.on('data', (data) => fromClient(pair, data));
    remote.on('data', (data) => fromRemote(pair, data));
    for (const one of [client, remote]) {
      one.on('error', () => undefined);
      one.on('close', () => {
        // The other end of a swallowed connection hears of nothing, not even of its end.
        if (!pair.isSwallowed) cut(pair);
        if (client.destroyed && remote.destroyed) pairs.delete(pair);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const pair of pairs) cut(pair);
    server.close();
  });

  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    get connections() {
      return connections;
    },
    refuse() {
      isRefusing = true;
    },
    blackHole(onlyThose = /(?:)/) {
      swallowing = onlyThose;
      for (const pair of pairs) pair.isSwallowed ||= onlyThose.test(pair.greeting);
      return new Promise((resolve) => {
        onSwallowed = resolve;
      });
    },
    open() {
      isRefusing = false;
      swallowing = null;
      delayMs = 0;
    },
    cutAll() {
      for (const pair of pairs) cut(pair);
    },
    delay(ms) {
      delayMs = ms;
    },
    delayNext(message, ms) {
      delayingNext = { message, ms };
    },
    loseAnswerTo: (message) =>
      new Promise((done) => {
        losing = { message, done };
      }),
  };
}
