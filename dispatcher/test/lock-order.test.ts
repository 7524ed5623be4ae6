/**
 * Who locks what in which order, with real sessions: each test holds one row, so that two others
 * come to wait in the order that would have them wait for each other, and lets go.
 */
import pg from 'pg';
import t, { type Test } from 'tap';

import { sqlState } from '../queue.ts';
import type { Teardown } from './support/database.ts';
import {
  allowManyLeases,
  startTwoOrganisations,
  type ClaimInput,
  type Organisation,
} from './support/two-organisations.ts';
import { waitUntilBlocked } from './support/wait-for.ts';

const world = await startTwoOrganisations(t, {
  max_concurrency: 50,
  lease_ms: 120_000,
  send_timeout_ms: 5_000,
});
await allowManyLeases(world);
const { database, hlf, blindeforbundet } = world;
const { pool } = database;

interface Session {
  readonly client: pg.Client;
  readonly pid: number;
}

async function connect(t: Teardown): Promise<Session> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  t.teardown(() => client.end());
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return { client, pid: rows[0]?.pid ?? 0 };
}

/** As PostgREST sets a session up: a role and a token, for what it does until it ends. */
async function signIn(session: Session, token: Readonly<Record<string, unknown>>): Promise<void> {
  await session.client.query(`select set_config('request.jwt.claims', $1, false)`, [
    JSON.stringify(token),
  ]);
  await session.client.query(`set role ${String(token['role'])}`);
}

/** Claims in the order of their ids, which is that of their locks. */
async function sortedClaims(organisation: Organisation, count: number): Promise<ClaimInput[]> {
  const claims = await world.putClaims(organisation, count);
  return claims.sort((a, b) => (a.id < b.id ? -1 : 1));
}

interface Sent {
  readonly claim: ClaimInput;
  readonly runId: string;
  readonly leaseId: string;
}

/** Leases the runs and starts their attempts, as a dispatcher does. */
async function start(runs: readonly { claim: ClaimInput; runId: string }[]): Promise<Sent[]> {
  const { rows } = await pool.query<{ run_id: string; lease_id: string }>(
    `select l.run_id, l.lease_id from accounting.lease_runs('a-test', 100) as l`,
  );
  const sent: Sent[] = [];
  for (const { claim, runId } of runs) {
    const leaseId = rows.find(({ run_id: id }) => id === runId)?.lease_id;
    if (leaseId === undefined) throw new Error('a run was not leased');
    await pool.query('select accounting.start_attempt($1, $2, $3)', [hlf.id, runId, leaseId]);
    sent.push({ claim, runId, leaseId });
  }
  return sent;
}

/**
 * Two runs that are being sent, of one claim each, whose ids sort the other way round than their
 * claims' do: so the first run's claim is the one to be locked last.
 */
async function crossedRuns(): Promise<[Sent, Sent]> {
  for (;;) {
    const [low, high] = await sortedClaims(hlf, 2);
    if (low === undefined || high === undefined) throw new Error('there are no claims');
    const runs = [
      { claim: high, runId: await world.request(hlf, [high]) },
      { claim: low, runId: await world.request(hlf, [low]) },
    ] as const;
    const [first, second] = await start(runs);
    if (first !== undefined && second !== undefined && first.runId < second.runId) {
      return [first, second];
    }
  }
}

function resultOf(sent: Sent, outcome: string): object {
  return {
    organisation_id: hlf.id,
    run_id: sent.runId,
    lease_id: sent.leaseId,
    kind: 'attempt',
    attempt_no: 1,
    actor: 'a-test',
    keep_lease_ms: 0,
    rows: [{ outcome, claim_ids: [sent.claim.id], http_status: 400, error_message: 'no' }],
  };
}

const putClaims = (session: Session, claims: readonly ClaimInput[]) =>
  session.client.query('select result from accounting.put_claims($1, $2)', [
    hlf.id,
    JSON.stringify(claims),
  ]);

const askFor = (session: Session, lists: readonly (readonly [string, readonly string[]])[]) =>
  session.client.query(
    `insert into api.export_requests (organisation_id, claim_ids)
       select organisation_id, claim_ids
         from jsonb_to_recordset($1) as r (organisation_id uuid, claim_ids uuid[])
     returning run_id, state`,
    [JSON.stringify(lists.map(([id, ids]) => ({ organisation_id: id, claim_ids: ids })))],
  );

/**
 * Holds a claim's row, has `first` and then `second` come to wait, lets go, and gives what became of
 * both: null, or the SQLSTATE of their failure.
 */
async function meet(
  t: Test,
  held: ClaimInput,
  first: { session: Session; act: () => Promise<unknown> },
  second: { session: Session; act: () => Promise<unknown> },
): Promise<(string | null)[]> {
  const holder = await connect(t);
  await holder.client.query('begin');
  await holder.client.query('select 1 from accounting.claims where id = $1 for update', [held.id]);
  const ends: Promise<string | null>[] = [];
  for (const { session, act } of [first, second]) {
    const end = act().then(
      () => null,
      (error: unknown) => sqlState(error) ?? String(error),
    );
    ends.push(end);
    await waitUntilBlocked(pool, session.pid);
  }
  await holder.client.query('rollback');
  return Promise.all(ends);
}

await t.test('the sweep of several runs and incoming claims do not deadlock', async (t) => {
  const [first, second] = await crossedRuns();
  await pool.query(
    `update accounting.export_requests set lease_expires_at = clock_timestamp()
      where run_id = any ($1)`,
    [[first.runId, second.runId]],
  );
  const [app, sweep] = [await connect(t), await connect(t)];
  const ends = await meet(
    t,
    second.claim,
    { session: app, act: () => putClaims(app, [second.claim, first.claim]) },
    { session: sweep, act: () => sweep.client.query('select accounting.sweep()') },
  );
  t.same(ends, [null, null], 'both end');
  for (const { runId } of [first, second]) {
    t.equal((await world.run(runId)).state, 'in_doubt', 'the lapsed attempt is in doubt');
  }
});

await t.test('results of several runs and incoming claims do not deadlock', async (t) => {
  const [first, second] = await crossedRuns();
  const [app, dispatcher] = [await connect(t), await connect(t)];
  const results = [resultOf(first, 'rejected'), resultOf(second, 'rejected')];
  const ends = await meet(
    t,
    second.claim,
    { session: app, act: () => putClaims(app, [second.claim, first.claim]) },
    {
      session: dispatcher,
      act: () =>
        dispatcher.client.query('select * from accounting.record_results($1)', [
          JSON.stringify(results),
        ]),
    },
  );
  t.same(ends, [null, null], 'both end');
  for (const { runId } of [first, second]) {
    t.equal((await world.run(runId)).state, 'rejected', 'what was told is recorded');
  }
});

await t.test('several requests in one statement and incoming claims do not deadlock', async (t) => {
  const [low, high] = await sortedClaims(hlf, 2);
  if (low === undefined || high === undefined) throw new Error('there are no claims');
  const [app, coordinator] = [await connect(t), await connect(t)];
  const token = { role: 'authenticated', organisation_id: hlf.id, sub: 'somebody' };
  await signIn(app, { ...token, app_role: 'app' });
  await signIn(coordinator, { ...token, app_role: 'coordinator' });
  const ends = await meet(
    t,
    low,
    {
      session: app,
      act: () =>
        app.client.query('select * from api.put_claims($1)', [JSON.stringify([low, high])]),
    },
    {
      session: coordinator,
      act: () =>
        askFor(coordinator, [
          [hlf.id, [high.id]],
          [hlf.id, [low.id]],
        ]),
    },
  );
  t.same(ends, [null, null], 'both end');
});

await t.test('requests for several organisations, in either order, do not deadlock', async (t) => {
  const [ours, other] = await sortedClaims(hlf, 2);
  const [theirs, another] = await sortedClaims(blindeforbundet, 2);
  if (!ours || !other || !theirs || !another) throw new Error('there are no claims');
  const sessions = [await connect(t), await connect(t)] as const;
  for (const session of sessions) await signIn(session, { role: 'service_role' });
  const ends = await meet(
    t,
    ours,
    {
      session: sessions[0],
      act: () =>
        askFor(sessions[0], [
          [hlf.id, [ours.id]],
          [blindeforbundet.id, [theirs.id]],
        ]),
    },
    {
      session: sessions[1],
      act: () =>
        askFor(sessions[1], [
          [blindeforbundet.id, [another.id]],
          [hlf.id, [other.id]],
        ]),
    },
  );
  t.same(ends, [null, null], 'both end');
});

await t.test(
  'a late answer and the start of the run that holds its claim now do not',
  async (t) => {
    const [claim] = await world.putClaims(hlf, 1);
    if (claim === undefined) throw new Error('there is no claim');
    const [late] = await start([{ claim, runId: await world.request(hlf, [claim]) }]);
    if (late === undefined) throw new Error('nothing was started');
    await pool.query('select accounting.record_results($1)', [
      JSON.stringify([resultOf(late, 'rejected')]),
    ]);
    const runId = await world.request(hlf, [claim]);
    const { rows } = await pool.query<{ run_id: string; lease_id: string }>(
      `select l.run_id, l.lease_id from accounting.lease_runs('a-test', 100) as l`,
    );
    const leaseId = rows.find(({ run_id: id }) => id === runId)?.lease_id;
    const accepted = {
      ...resultOf(late, 'accepted'),
      rows: [{ outcome: 'accepted', claim_ids: [claim.id], http_status: 200 }],
    };
    const [one, two] = [await connect(t), await connect(t)];
    const ends = await meet(
      t,
      claim,
      {
        session: one,
        act: () =>
          one.client.query('select * from accounting.record_results($1)', [
            JSON.stringify([accepted]),
          ]),
      },
      {
        session: two,
        act: () =>
          two.client.query('select * from accounting.start_attempt($1, $2, $3)', [
            hlf.id,
            runId,
            leaseId,
          ]),
      },
    );
    t.same(ends, [null, null], 'both end');
    t.match(
      await world.run(runId),
      { state: 'skipped', attempt_no: 0 },
      'what the first run turned out to have booked is not sent again',
    );
  },
);

t.end();
