/**
 * Agents whose sockets let nothing out before they are connected (for TLS: before the peer's
 * certificate is verified) and that ask before each write. Node would buffer early writes inside
 * the socket and flush them unseen.
 */
import http from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import type { LookupFunction } from 'node:net';

export interface AgentOptions {
  /** Asked before bytes leave; false destroys the socket, and nothing of the write leaves. */
  readonly beforeWrite: () => boolean;
  /** Resolves names; Node's own if left out. */
  readonly lookup?: LookupFunction;
}

/** The pair of agents of one client: one connection per host, kept alive. */
export interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

type Write = (...args: unknown[]) => boolean;

/** Makes the agents of one client; destroy both when it is closed. */
export function createAgents(options: AgentOptions): Agents {
  const settings = {
    keepAlive: true,
    maxSockets: 1,
    ...(options.lookup ? { lookup: options.lookup } : {}),
  };
  const agents = { http: new http.Agent(settings), https: new https.Agent(settings) };
  holdWrites(agents.http, 'connect', options.beforeWrite);
  holdWrites(agents.https, 'secureConnect', options.beforeWrite);
  return agents;
}

function holdWrites(
  agent: http.Agent,
  readyEvent: 'connect' | 'secureConnect',
  beforeWrite: () => boolean,
): void {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback);
    if (!(socket instanceof Socket)) throw new TypeError('the agent made no socket');
    guardSocket(socket, readyEvent, beforeWrite);
    return socket;
  };
}

function guardSocket(
  socket: Socket,
  readyEvent: 'connect' | 'secureConnect',
  beforeWrite: () => boolean,
): void {
  const write = socket.write.bind(socket) as Write;
  const held: unknown[][] = [];
  let isReady = false;

  function guardedWrite(...args: unknown[]): boolean {
    if (!isReady) {
      held.push(args);
      // Not false: that would promise a 'drain' which never comes. What we send is small.
      return true;
    }
    if (!beforeWrite()) {
      socket.destroy();
      return false;
    }
    return write(...args);
  }
  socket.write = guardedWrite;
  socket.once(readyEvent, () => {
    isReady = true;
    for (const args of held.splice(0)) guardedWrite(...args);
  });
}
