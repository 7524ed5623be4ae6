/**
 * Two people at once, and a person against a dispatcher, through the real PostgREST: each test holds
 * the run's row so that both come to wait for it, in a known order, and lets go.
 */
import pg from 'pg';
import t from 'tap';

import { sqlState } from '../queue.ts';
import { startPeople, type Given } from './support/people.ts';
import { waitFor } from './support/wait-for.ts';

const people = await startPeople(t);
const { pool, superuserUrl } = people.database;

/** Holds the run's row until both acts wait for it, the first one first. */
async function meet<A, B>(
  { runId }: Given,
  first: () => Promise<A>,
  second: () => Promise<B>,
): Promise<[A, B]> {
  const holder = new pg.Client({ connectionString: superuserUrl });
  await holder.connect();
  try {
    await holder.query('begin');
    await holder.query('select 1 from accounting.export_requests where run_id = $1 for update', [
      runId,
    ]);
    const waiting = async (count: number): Promise<void> => {
      const blocked = async (): Promise<boolean> => {
        const { rowCount } = await pool.query(
          `select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount === count;
      };
      await waitFor(blocked, { what: `${count} sessions to wait for the run` });
    };
    const one = first();
    await waiting(1);
    const two = second();
    await waiting(2);
    await holder.query('commit');
    return await Promise.all([one, two]);
  } finally {
    await holder.end();
  }
}

/** The SQLSTATE of what a dispatcher does, or null. */
const codeOf = (act: Promise<unknown>): Promise<string | null> =>
  act.then(
    () => null,
    (error: unknown) => sqlState(error) ?? String(error),
  );

void t.test(
  'of two people who resolve a run at once, one wins and the other is told',
  async (t) => {
    for (const [mine, theirs, state] of [
      ['booked_by_hand', 'proved_absent', 'exported'],
      ['proved_absent', 'booked_by_hand', 'failed'],
    ] as const) {
      const given = await people.waitsForPerson();
      const [won, lost] = await meet(
        given,
        () => people.resolve(given, mine, 'kari'),
        () => people.resolve(given, theirs, 'ola'),
      );
      t.match(won, { status: 200, body: [{ integration_status: state }] }, `${mine} was first`);
      t.match(lost, { status: 409, body: { code: 'AX018' } }, `${theirs} was second`);
      t.strictSame(await people.decisions(given), [`kari: ${mine}`], 'the trail has one decision');
      t.equal(await people.stateOf(given), state, 'and that one holds');
    }
  },
);

void t.test('of two people who void a claim at once, one wins and the other is told', async (t) => {
  const given = await people.exported();
  const [won, lost] = await meet(
    given,
    () => people.void(given, 'kari'),
    () => people.void(given, 'ola'),
  );
  t.match(won, { status: 200, body: [{ voided_count: 1 }] }, 'the first one voids it');
  t.match(lost, { status: 409, body: { code: 'AX019' } }, 'the second finds nothing delivered');
  t.strictSame(await people.decisions(given), ['kari: voided'], 'the trail says it once');
});

void t.test('of two people who cancel a run at once, one wins and the other is told', async (t) => {
  const given = await people.request();
  const [won, lost] = await meet(
    given,
    () => people.cancel(given, 'kari'),
    () => people.cancel(given, 'ola'),
  );
  t.match(won, { status: 200, body: [{ integration_status: 'cancelled' }] });
  t.match(lost, { status: 409, body: { code: 'AX018' } }, 'the second finds it ended');
  t.strictSame(await people.decisions(given), ['kari: cancelled'], 'the trail says it once');
});

void t.test('a run is cancelled or sent, never both', async (t) => {
  const cancelled = await people.request();
  const cancelledLease = await people.lease(cancelled);
  const [answer, code] = await meet(
    cancelled,
    () => people.cancel(cancelled, 'kari'),
    () => codeOf(people.start(cancelled, cancelledLease)),
  );
  t.equal(answer.status, 200, 'the person was first');
  t.equal(code, 'AX020', 'the dispatcher sends nothing');
  t.equal(await people.stateOf(cancelled), 'cancelled');

  const sent = await people.request();
  const sentLease = await people.lease(sent);
  const [started, late] = await meet(
    sent,
    () => people.start(sent, sentLease),
    () => people.cancel(sent, 'kari'),
  );
  t.equal(started, true, 'the dispatcher was first');
  t.match(
    late,
    { status: 409, body: { code: 'AX018' } },
    'the person is told that it is being sent',
  );
  t.equal(await people.stateOf(sent), 'sending');
  t.strictSame(await people.decisions(sent), [], 'and nothing was decided');
});

void t.test('a run that somebody is cancelling is leased by nobody', async (t) => {
  const given = await people.request();
  const holder = new pg.Client({ connectionString: superuserUrl });
  await holder.connect();
  t.teardown(() => holder.end());
  await holder.query('begin');
  await holder.query(`select set_config('request.jwt.claims', $1, true)`, [
    JSON.stringify({
      role: 'authenticated',
      organisation_id: people.organisationId,
      app_role: 'coordinator',
      sub: 'kari',
    }),
  ]);
  await holder.query('select * from api.cancel_export($1)', [given.runId]);
  await t.rejects(people.lease(given), { message: 'the run was not leased' }, 'not while it lasts');
  await holder.query('commit');
  await t.rejects(people.lease(given), { message: 'the run was not leased' }, 'nor after it');
});

void t.test('a late answer counts, whatever a person says at the same moment', async (t) => {
  const first = await people.waitsForPerson();
  const [, told] = await meet(
    first,
    () => people.record(first, first.leaseId, 'accepted'),
    () => people.resolve(first, 'proved_absent', 'kari'),
  );
  t.match(told, { status: 200, body: [{ integration_status: 'exported' }] }, 'it came first');
  t.equal(await people.verdictOn(first), 'already_exported', 'nothing is released');

  const second = await people.waitsForPerson();
  const [released] = await meet(
    second,
    () => people.resolve(second, 'proved_absent', 'kari'),
    () => people.record(second, second.leaseId, 'accepted'),
  );
  t.match(released, { status: 200, body: [{ integration_status: 'failed' }] }, 'it came second');
  t.equal(await people.verdictOn(second), 'already_exported', 'and counts all the same');
  const { body } = await people.api.get(`/export_attention?select=kind&run_id=eq.${second.runId}`, {
    token: people.tokens.kari,
  });
  t.strictSame(body, [{ kind: 'booked_late' }], 'which somebody has to look at');
});

void t.test('a file is confirmed or voided, never both', async (t) => {
  await people.useFiles();
  const confirmed = await people.produced();
  const [first, second] = await meet(
    confirmed,
    () => people.confirm(confirmed, 'kari'),
    () => people.confirm(confirmed, 'ola'),
  );
  t.match(first, { status: 200, body: [{ integration_status: 'exported' }] });
  t.match(second, { status: 409, body: { code: 'AX018' } }, 'the second finds it confirmed');
  t.strictSame(await people.decisions(confirmed), ['kari: import_confirmed'], 'once');

  const voided = await people.produced();
  const [removed, late] = await meet(
    voided,
    () => people.void(voided, 'kari'),
    () => people.confirm(voided, 'ola'),
  );
  t.match(removed, { status: 200, body: [{ voided_count: 1 }] }, 'the void was first');
  t.match(late, { status: 409, body: { code: 'AX018' } }, 'there is nothing left to confirm');
  t.equal(await people.stateOf(voided), 'cancelled');
  t.equal(await people.verdictOn(voided), 'exportable', 'and the claim is free');

  const both = await people.produced();
  const [said, undone] = await meet(
    both,
    () => people.confirm(both, 'kari'),
    () => people.void(both, 'ola'),
  );
  t.match(said, { status: 200, body: [{ integration_status: 'exported' }] }, 'it was imported');
  t.match(undone, { status: 200, body: [{ voided_count: 1 }] }, 'and then removed from the ledger');
  t.equal(await people.stateOf(both), 'exported', 'which the run keeps');
  t.equal(await people.verdictOn(both), 'exportable', 'while the claim is free');
});
