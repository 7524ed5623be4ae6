/**
 * Systems that can't be reached: refused, no such name, and everything that can be wrong with TLS.
 * No byte of a request leaves, so nothing is charged, and sending goes on by itself.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import t from 'tap';

import { freePort } from '../../sandbox/free-port.ts';
import type { Teardown } from './support/database.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { startFront, type Front } from './support/front.ts';
import { startTwoOrganisations, story } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

const fixtures = fileURLToPath(new URL('fixtures/tls/', import.meta.url));
const tls = (name: string) => ({
  key: readFileSync(`${fixtures}key.pem`),
  cert: readFileSync(`${fixtures}${name}.pem`),
});

/** Where a run is to be sent to: what stands for `http://127.0.0.1:<port>` in the settings. */
interface Place {
  readonly origin: string;
  readonly message: RegExp;
  /** Makes it reachable; gives what then arrived. */
  readonly mend?: () => Front;
}

t.jobs = 8;
const world = await startTwoOrganisations(t, {
  max_attempts: 2,
  lease_ms: 2500,
  send_timeout_ms: 1500,
  max_delay_ms: 300,
  max_concurrency: 8,
});
const { pool } = world.database;

/** A port where connections are dealt with by the test. */
async function startRaw(t: Teardown, accept: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    accept(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const secured =
  (certificate: string, message: RegExp) =>
  async (t: Teardown, behind: string): Promise<Place> => {
    const front = await startFront(t, behind, tls(certificate));
    return {
      origin: `https://127.0.0.1:${front.port}`,
      message,
      mend: () => {
        front.setCertificate(tls('valid'));
        return front;
      },
    };
  };

const places: Readonly<Record<string, (t: Teardown, behind: string) => Promise<Place>>> = {
  'a refused connection': async () => ({
    origin: `http://127.0.0.1:${await freePort()}`,
    message: /ECONNREFUSED/,
  }),
  'a name that does not exist': () =>
    Promise.resolve({ origin: 'http://ledger.invalid', message: /ENOTFOUND|EAI_AGAIN/ }),
  'a connection that is cut before the handshake': async (t) => ({
    origin: `https://127.0.0.1:${await startRaw(t, (socket) => socket.destroy())}`,
    message: /ECONNRESET|disconnected|hang up/,
  }),
  'a server that speaks no TLS': async (t) => ({
    origin: `https://127.0.0.1:${await startRaw(t, (socket) => socket.write('HTTP/1.1 400 No\r\n\r\n'))}`,
    message: /wrong version|packet length|EPROTO/i,
  }),
  'a handshake that never ends': async (t) => ({
    origin: `https://127.0.0.1:${await startRaw(t, () => undefined)}`,
    message: /timed out/,
  }),
  'an expired certificate': secured('expired', /expired/i),
  'a certificate for another name': secured('other-name', /altnames|hostname/i),
  'a certificate that nobody vouches for': secured('self-signed', /self[- ]signed/i),
};

await startDispatcher(t, {
  environment: {
    ...world.environment,
    CONCURRENCY: '20',
    NODE_EXTRA_CA_CERTS: `${fixtures}authority.pem`,
  },
});

for (const organisation of [world.hlf, world.blindeforbundet]) {
  const { system } = organisation;
  const behind = organisation === world.hlf ? world.businessCentral.url : world.xledger.url;

  /** One address at a time. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };

  for (const [name, make] of Object.entries(places)) {
    void t.test(
      `${system}: ${name} costs no attempt and is tried until it is mended`,
      async (t) => {
        const { origin, message, mend } = await make(t, behind);
        const claims = await world.putClaims(organisation, 1);
        const reference = claims[0]?.reference ?? '';
        const runId = await inTurn(async () => {
          const usual = JSON.stringify(world.addresses(organisation, Number(new URL(behind).port)));
          const given = JSON.parse(usual.replaceAll(behind, origin)) as Record<string, unknown>;
          await world.apply(organisation, given);
          const made = await world.request(organisation, claims);
          // From its first start on, the run keeps the address.
          await waitFor(async () => (await world.run(made)).attempt_no > 0);
          return made;
        });
        await waitFor(async () => (await world.run(runId)).attempt_no > 2, {
          what: 'more attempts than may be charged',
          timeoutMs: 30_000,
        });
        const run = await world.runIs(runId, ['retry_wait']);
        t.equal(run.charged_attempts, 0, 'none is charged');
        const trail = await world.trail(runId);
        t.same([...new Set(story(trail))], ['attempt not_applied']);
        t.match(trail[0], { http_status: null, error_message: message });
        const told = await pool.query<{ kind: string }>(
          'select kind from api.export_attention where run_id = $1 order by kind',
          [runId],
        );
        t.same(told.rows, [{ kind: 'unreachable' }], 'attention says so, and nothing is paused');
        t.equal(organisation.effects(reference), 0);
        if (mend === undefined) return;

        const front = mend();
        t.same(front.requests, [], 'until then not one request came through');
        await world.runIs(runId, ['exported']);
        t.same([front.sends(reference), organisation.effects(reference)], [1, 1]);
      },
    );
  }
}

t.end();
