/**
 * What may come back for the request that carries lines, each fault with a run of its own, all at
 * once: what is certain is taken at its word, what is not is asked about before anything is sent
 * again, and each claim is in the books once.
 */
import { gzipSync } from 'node:zlib';
import t from 'tap';

import { startDispatcher } from './support/dispatcher-process.ts';
import { startFront, type Met } from './support/front.ts';
import { startTwoOrganisations, story, type Organisation } from './support/two-organisations.ts';

interface Fault {
  readonly act: (met: Met) => unknown;
  /** Of the first row in the trail; default `unknown`. */
  readonly outcome?: 'unknown' | 'not_applied';
  readonly status: number | null;
  readonly message?: RegExp;
}
type Faults = Readonly<Record<string, Fault>>;

const maxBodyBytes = 50_000;
// Innocent requests must not time out while others wait for theirs to.
const timings = {
  lease_ms: 5200,
  send_timeout_ms: 4000,
  remote_max_ms: 1000,
  quarantine_ms: 1200,
  max_concurrency: 4,
};

/** Sends bytes for as long as somebody listens; how many could be sent. */
async function pour({ response }: Met, status: number, chunk: string, everyMs: number) {
  let bytes = 0;
  response.writeHead(status);
  const closed = new Promise((resolve) => response.once('close', resolve));
  while (!response.destroyed) {
    const isRoom = response.write(chunk);
    bytes += chunk.length;
    if (everyMs > 0) await Promise.race([closed, new Promise((go) => setTimeout(go, everyMs))]);
    else if (!isRoom) await Promise.race([closed, new Promise((go) => response.once('drain', go))]);
  }
  return bytes;
}

/** Answers with what was said, cut, changed or under another status. */
function instead(status: number, body: object | string, headers?: Record<string, string>): Fault {
  return { status, act: (met) => met.answer(status, body, headers) };
}

/** What can happen whether the request was booked or not. */
const either: Faults = {
  'no answer until our time is up': { status: null, message: /timed out/, act: () => undefined },
  'a connection that is reset': {
    status: null,
    act: ({ response }) => void response.socket?.resetAndDestroy(),
  },
  'a 408': instead(408, ''),
  'a 409': instead(409, { error: { code: 'Conflict', message: 'again' } }),
  'a 500': instead(500, '<h1>Oops</h1>'),
  'a 502': instead(502, ''),
  'a 503': instead(503, '', { 'retry-after': '1' }),
  'a 504': instead(504, ''),
  'a success without a body': instead(200, ''),
  'a success that says something else': instead(201, { ok: true }),
};

/** Booked, and not understood. */
const booked: Faults = {
  'a 410': instead(410, ''),
  'a 204': { status: 204, act: ({ response }) => void response.writeHead(204).end() },
  'an answer that is not JSON': instead(201, '{"value": [not'),
  'a refusal that can not be read': instead(400, '<h1>Bad'),
  'a body that never ends': { status: 200, act: (met) => pour(met, 200, ' ', 50) },
  'an answer that is no HTTP': {
    status: null,
    act: ({ response }) => void response.socket?.end('SSH-2.0-OpenSSH_9.9\r\n'),
  },
};

/** What is certain: nothing was booked. */
const certain: Faults = {
  'a 429': { ...instead(429, ''), outcome: 'not_applied' },
  'a 429 whose body never ends': {
    outcome: 'not_applied',
    status: 429,
    act: (met) => pour(met, 429, ' ', 50),
  },
};

const timedOut = { message: 'Your query timed out.' };
const anItem = { edges: [{ clientId: 'x', node: { dbId: '1' } }] };
const ownEither: Readonly<Record<Organisation['system'], Faults>> = {
  business_central: {
    'an envelope of which half is answered': instead(200, {
      responses: [{ id: '1', status: 201, headers: {}, body: {} }],
    }),
    'an operation that failed': {
      ...instead(200, { responses: [{ id: '1', status: 500, headers: {}, body: {} }] }),
      status: 500,
    },
  },
  xledger: {
    'a time-out of theirs under 200': instead(200, { errors: [timedOut] }),
    'a time-out of theirs under 400': instead(400, { errors: [timedOut] }),
    'errors that are not known': instead(200, { errors: [{ message: 'hm' }], data: null }),
    'errors beside data': instead(200, {
      errors: [{ message: 'No value matching', code: 'INVALID_VALUE' }],
      data: { addGLImportItems: anItem },
    }),
  },
};
const ownCertain: Readonly<Record<Organisation['system'], Faults>> = {
  business_central: {},
  xledger: {
    'a rate limit under 200': {
      ...instead(200, {
        errors: [{ message: 'wait', code: 'BAD_REQUEST.CONCURRENCY_LIMIT_REACHED' }],
      }),
      outcome: 'not_applied',
    },
  },
};

const world = await startTwoOrganisations(t, timings);
const { pool } = world.database;
t.jobs = 64;

const behind = { [world.hlf.id]: world.businessCentral, [world.blindeforbundet.id]: world.xledger };
const organisations = [world.hlf, world.blindeforbundet];
const fronts = await Promise.all(
  organisations.map(async (organisation) => {
    const front = await startFront(t, behind[organisation.id]?.url ?? '');
    await world.apply(organisation, world.addresses(organisation, front.port));
    return { organisation, front };
  }),
);
await startDispatcher(t, {
  environment: { ...world.environment, CONCURRENCY: '40', MAX_BODY_BYTES: String(maxBodyBytes) },
});

for (const { organisation, front } of fronts) {
  const { system } = organisation;

  const check = (name: string, fault: Fault, isBooked: boolean) =>
    void t.test(`${system}: ${titleOf(name, fault, isBooked)}`, async (t) => {
      const claims = await world.putClaims(organisation, 2);
      const [reference = '', other = ''] = claims.map((claim) => claim.reference);
      front.meet({
        about: reference,
        act: async (met) => {
          if (isBooked) await met.apply();
          await fault.act(met);
        },
      });
      const runId = await world.request(organisation, claims);
      const run = await world.runIs(runId, ['exported', 'needs_review', 'failed', 'rejected'], {
        timeoutMs: 60_000,
      });
      const trail = await world.trail(runId);
      const { outcome = 'unknown', status } = fault;
      t.match(trail[0], { outcome, http_status: status }, 'the trail tells what it was');
      if (fault.message !== undefined) t.match(trail[0]?.error_message, fault.message);
      const doubted = ['attempt unknown', 'reconciliation absent', 'attempt accepted'];
      const known = ['attempt not_applied', 'attempt accepted'];
      const expected = isBooked ? ['attempt unknown', 'reconciliation found'] : doubted;
      t.same(inShort(story(trail)), outcome === 'unknown' ? expected : known);
      const sends = isBooked ? 1 : 2;
      t.match(run, { state: 'exported', charged_attempts: sends, lease_id: null });
      t.same(
        [front.sends(reference), front.sends(other)],
        [sends, sends],
        'the lines are sent no more often than that',
      );
      t.same(
        [organisation.effects(reference), organisation.effects(other)],
        [1, 1],
        'and are in the books once',
      );
      const paused = await pool.query(
        'select 1 from accounting.integrations where organisation_id = $1 and paused_at is not null',
        [organisation.id],
      );
      t.equal(paused.rowCount, 0, 'nothing is paused for it');
      if (system === 'xledger' && !isBooked && outcome === 'unknown') {
        const { rows } = await pool.query(
          `select 1 from accounting.export_requests as e
             join accounting.export_runs as x using (organisation_id, run_id)
            where e.run_id = $1 and x.outcome = 'accepted'
              and x.started_at >= e.quarantine_until`,
          [runId],
        );
        t.equal(rows.length, 1, 'nothing is sent again before the quarantine is over');
      }
    });

  const open = { ...either, ...ownEither[system] };
  for (const [name, fault] of Object.entries(open)) check(name, fault, false);
  for (const [name, fault] of Object.entries({ ...open, ...booked })) check(name, fault, true);
  for (const [name, fault] of Object.entries({ ...certain, ...ownCertain[system] })) {
    check(name, fault, false);
  }

  /** One claim, booked, whose answer is the test's; the run, exported. */
  async function exportWith(act: (met: Met, said: string) => void): Promise<string> {
    const claims = await world.putClaims(organisation, 1);
    const [reference = ''] = claims.map((claim) => claim.reference);
    front.meet({ about: reference, act: async (met) => act(met, (await met.apply()).text) });
    const runId = await world.request(organisation, claims);
    await world.runIs(runId, ['exported'], { timeoutMs: 60_000 });
    t.same([front.sends(reference), organisation.effects(reference)], [1, 1]);
    return runId;
  }
  const asAnother = ['attempt unknown', 'reconciliation found'];

  void t.test(`${system}: of a body without an end only so much is read`, async (t) => {
    let poured: Promise<number> | undefined;
    const runId = await exportWith((met) => {
      poured = pour(met, 200, ' '.repeat(65_536), 0);
    });
    t.same(story(await world.trail(runId)), asAnother);
    // What sockets hold beyond what is read is far less than what fits into the time-out.
    const bytes = (await poured) ?? 0;
    t.ok(bytes > maxBodyBytes && bytes < 50_000_000, `${bytes} bytes, then it was cut`);
  });

  void t.test(`${system}: what is packed though nobody asked is not unpacked`, async (t) => {
    let asked: unknown;
    const runId = await exportWith(({ request, response }, said) => {
      asked = request.headers['accept-encoding'];
      // Short enough to be believed if it were unpacked.
      const packed = gzipSync(said + ' '.repeat(20_000));
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'content-length': packed.length,
      });
      response.end(packed);
    });
    t.equal(asked, 'identity');
    t.same(story(await world.trail(runId)), asAnother, 'but asked about');
  });
}

function titleOf(name: string, { outcome }: Fault, isBooked: boolean): string {
  if (outcome === 'not_applied') return `${name} is believed, and the lines are sent again`;
  return isBooked
    ? `${name}, the lines being booked, is asked about and they are found`
    : `${name}, nothing being booked, is asked about before the lines are sent again`;
}

/** The story without what is said again. */
function inShort(told: readonly string[]): string[] {
  return told.filter((one, index) => one !== told[index - 1]);
}

t.end();
