/** What the queue makes of the database's errors, each raised by a real one. */
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import t from 'tap';

import { freePort } from '../../sandbox/free-port.ts';
import {
  isTransientDatabaseError,
  NotDueError,
  Queue,
  sqlState,
  StaleLeaseError,
  type Lease,
} from '../queue.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';
import { waitUntilBlocked } from './support/wait-for.ts';

const world = await startTwoOrganisations(t);
const { database, hlf } = world;
const { pool } = database;
const queue = new Queue(database.url, { poolSize: 3, onError: () => undefined });
t.teardown(() => queue.close());

async function leaseOne(): Promise<Lease> {
  await world.request(hlf, await world.putClaims(hlf, 1));
  const [lease] = await queue.leaseRuns('a-test', 1);
  if (lease === undefined) throw new Error('nothing was leased');
  return lease;
}

/** What a promise is rejected with. */
async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it was not rejected');
}

await t.test('a lease that is not ours is a StaleLeaseError', async (t) => {
  const lease = await leaseOne();
  const forged = { ...lease, leaseId: randomUUID() };
  await t.rejects(queue.startAttempt(forged), StaleLeaseError);
  await t.rejects(queue.startQuestion(forged), StaleLeaseError);
  await t.rejects(queue.startQuestion(lease), StaleLeaseError, 'nor one for something else');
  t.equal(await queue.handBack(forged), false);
  t.equal(await queue.handBack(lease), true);
  await t.rejects(queue.startAttempt(lease), StaleLeaseError, 'nor one that was handed back');
  await pool.query(
    `update accounting.export_requests set state = 'cancelled', ended_at = now(),
    next_attempt_at = null where run_id = $1`,
    [lease.runId],
  );
});

await t.test('a lapsed lease is stale before and after the sweep', async (t) => {
  const lease = await leaseOne();
  await pool.query(
    `update accounting.export_requests set lease_expires_at = now() - interval '1 second'
      where run_id = $1`,
    [lease.runId],
  );
  await t.rejects(queue.startAttempt(lease), StaleLeaseError);
  t.equal(await queue.sweep(), 1);
  await t.rejects(queue.startAttempt(lease), StaleLeaseError);
  t.match(await world.run(lease.runId ?? ''), { attempt_no: 0 });
});

await t.test('a run that is not due yet is a NotDueError', async (t) => {
  const [lease] = await queue.leaseRuns('a-test', 1);
  if (lease === undefined) throw new Error('nothing was leased');
  await pool.query(
    `update accounting.export_requests set next_attempt_at = now() + interval '1 hour'
      where run_id = $1`,
    [lease.runId],
  );
  await t.rejects(queue.startAttempt(lease), NotDueError);
  t.equal((await queue.nextWakeUpMs()) > 0, true);
});

await t.test('recording after the lease was swept is late, and no error', async (t) => {
  const lease = await leaseOne();
  const start = await queue.startAttempt(lease);
  if (!start.isStarted) throw new Error(start.state);
  await pool.query(
    `update accounting.export_requests set lease_expires_at = now() - interval '1 second'
      where run_id = $1`,
    [lease.runId],
  );
  await queue.sweep();
  const result = {
    organisation_id: lease.organisationId,
    run_id: lease.runId,
    lease_id: lease.leaseId,
    kind: 'attempt' as const,
    attempt_no: start.attemptNo,
    actor: 'a-test',
    mapper_version: start.batch.input.mapper_version,
    keep_lease_ms: 0,
    rows: [
      {
        envelope_no: 1,
        outcome: 'accepted',
        claim_ids: start.batch.openClaimIds,
        http_status: 200,
        error_message: null,
        external_ids: {},
      },
    ],
  };
  const recorded = await queue.recordResult(result);
  t.match(recorded, { isLate: true, state: 'exported', isLeaseKept: false });
  await queue.recordResult(result);
  const rows = await world.trail(lease.runId ?? '');
  t.equal(rows.filter(({ outcome }) => outcome === 'accepted').length, 1, 'told twice, kept once');
});

await t.test('what passes by itself is transient', async (t) => {
  const nobody = new URL(database.url);
  nobody.port = String(await freePort());
  const refused = new Queue(nobody.href, { poolSize: 1, onError: () => undefined });
  const errors: Record<string, unknown> = { refused: await errorOf(refused.sweep()) };
  await refused.close();

  const [one, two] = [await pool.connect(), await pool.connect()];
  one.on('error', () => undefined);
  const pidOf = async (client: PoolClient) =>
    (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0;
  const pid = await pidOf(one);

  await one.query('begin; select pg_advisory_xact_lock(1)');
  await two.query(`set lock_timeout = '50ms'`);
  errors['a lock that takes too long'] = await errorOf(two.query('select pg_advisory_lock(1)'));
  await two.query(`set lock_timeout = 0; set statement_timeout = '50ms'`);
  errors['a statement that takes too long'] = await errorOf(two.query('select pg_sleep(10)'));
  await two.query('set statement_timeout = 0');

  await two.query('begin; select pg_advisory_xact_lock(2)');
  const waiting = one.query('select pg_advisory_xact_lock(2)');
  await waitUntilBlocked(pool, pid);
  const both = await Promise.allSettled([waiting, two.query('select pg_advisory_xact_lock(1)')]);
  const victims = both.filter((result) => result.status === 'rejected');
  t.equal(victims.length, 1, 'one of the two is picked');
  errors['a deadlock'] = victims[0]?.reason;
  await one.query('rollback');
  await two.query('rollback');

  const sleeping = errorOf(one.query('select pg_sleep(10)'));
  await two.query('select pg_terminate_backend($1)', [pid]);
  errors['a session that was ended'] = await sleeping;
  one.release(true);
  two.release(true);

  for (const [name, error] of Object.entries(errors)) {
    t.ok(isTransientDatabaseError(error), `${name} (${sqlState(error) ?? String(error)})`);
  }
  t.equal(sqlState(errors['a deadlock']), '40P01');
  for (const code of ['08006', '53300', '57P01', '57P03', '25006', '40001', 'ECONNRESET']) {
    t.ok(isTransientDatabaseError(Object.assign(new Error('no'), { code })), code);
  }
  for (const message of [
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
  ]) {
    t.ok(isTransientDatabaseError(new Error(message)), message);
  }
});

await t.test('what would fail the same way again is not transient', async (t) => {
  const wrong = [
    'select 1 / 0',
    'select nothing from nowhere',
    "select 'x'::int",
    'insert into accounting.organisations (name) values (null)',
    "do $$ begin raise exception using errcode = 'AX010'; end $$",
  ];
  for (const sql of wrong) {
    const error = await errorOf(pool.query(sql));
    t.notOk(isTransientDatabaseError(error), `${sql}: ${sqlState(error)}`);
  }
  for (const thrown of [null, undefined, 'text', new TypeError('x is not a function')]) {
    t.notOk(isTransientDatabaseError(thrown), String(thrown));
    t.equal(sqlState(thrown), null);
  }
});

t.end();
