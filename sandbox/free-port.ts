import { once } from 'node:events';
import net from 'node:net';

/** A port on 127.0.0.1 that was free a moment ago: bound with 0 and let go again. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
