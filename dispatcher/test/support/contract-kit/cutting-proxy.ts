/** A TCP proxy before a sandbox: counts the bytes of one exchange, and cuts or holds it. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Where an exchange ends: so many bytes of the request, or of the answer, are passed on. */
export interface Cut {
  readonly side: 'request' | 'answer';
  readonly after: number;
}

/** `hold`: the whole request is taken, the caller is cut, and it goes on with `release`. */
export type Plan = Cut | 'hold' | null;

/** What passed in one exchange. */
export interface Exchange {
  request: Buffer;
  answer: Buffer;
}

export interface CuttingProxy {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** What comes next, one request and its answer, meets the plan. */
  begin(plan: Plan): Exchange;
  /** Once the remote is done with all that it was given. */
  settled(): Promise<void>;
  /** Sends what was held, and returns once the remote has answered it. */
  release(): Promise<void>;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function startCuttingProxy(origin: string): Promise<CuttingProxy> {
  const { hostname, port } = new URL(origin);
  const open = new Set<Socket>();
  let plan: Plan = null;
  let exchange: Exchange = { request: Buffer.alloc(0), answer: Buffer.alloc(0) };
  let held: Buffer | null = null;
  let pending: Promise<unknown>[] = [];

  const reach = (): Socket => {
    const remote = connect(Number(port), hostname);
    remote.on('error', () => undefined);
    open.add(remote);
    return remote;
  };

  function fromClient(client: Socket, remote: Socket, data: Buffer): void {
    const before = exchange.request.length;
    exchange.request = Buffer.concat([exchange.request, data]);
    if (plan === 'hold') {
      if (!isWhole(exchange.request)) return;
      held = exchange.request;
      client.destroy();
      remote.destroy();
    } else if (plan?.side === 'request' && exchange.request.length > plan.after) {
      pending.push(once(remote, 'close'));
      remote.end(data.subarray(0, plan.after - before));
      client.destroy();
    } else {
      remote.write(data);
      // The answer is lost later; until it has come the remote may be at work.
      if (plan?.side === 'answer' && before === 0) pending.push(once(remote, 'data'));
    }
  }

  function fromRemote(client: Socket, remote: Socket, data: Buffer): void {
    const before = exchange.answer.length;
    exchange.answer = Buffer.concat([exchange.answer, data]);
    if (plan === null || plan === 'hold' || plan.side === 'request') {
      client.write(data);
    } else if (exchange.answer.length > plan.after) {
      client.end(data.subarray(0, Math.max(plan.after - before, 0)));
      remote.destroy();
    } else {
      client.write(data);
    }
  }

  const server = createServer((client) => {
    const remote = reach();
    open.add(client);
    client.on('error', () => undefined);
    let isOver = false;
    client.on('data', (data) => {
      if (!isOver) fromClient(client, remote, data);
    });
    remote.on('data', (data) => {
      if (!isOver) fromRemote(client, remote, data);
    });
    client.on('close', () => {
      isOver = true;
      open.delete(client);
      if (!remote.writableEnded) remote.destroy();
    });
    remote.on('close', () => {
      open.delete(remote);
      client.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${address.port}`,
    begin(next) {
      plan = next;
      exchange = { request: Buffer.alloc(0), answer: Buffer.alloc(0) };
      return exchange;
    },
    async settled() {
      await Promise.all(pending);
      pending = [];
    },
    async release() {
      if (held === null) throw new Error('nothing was held');
      const remote = reach();
      remote.write(held);
      held = null;
      await once(remote, 'data');
      remote.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** Whether a request's head and all of its body are there. */
function isWhole(bytes: Buffer): boolean {
  const head = headOf(bytes);
  if (head === null) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1] ?? '0';
  return bytes.length >= head + Number(length);
}

/** How long the head is, with the empty line that ends it; null if it isn't all there. */
export function headOf(bytes: Buffer): number | null {
  const end = bytes.indexOf('\r\n\r\n');
  return end < 0 ? null : end + 4;
}
