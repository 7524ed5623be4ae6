/** That each check of `npm run chaos` finds what it is there for: a green run must mean something. */
import pg from 'pg';
import t from 'tap';

import type { Breach, Evidence } from '../../sandbox/chaos/breach.ts';
import { booksOf, check } from '../../sandbox/chaos/check.ts';
import { settleReviews } from '../../sandbox/chaos/coordinator.ts';
import { takeSnapshot } from '../../sandbox/chaos/snapshot.ts';
import { add } from '../../sandbox/test/xledger-client.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import {
  startTwoOrganisations,
  type ClaimInput,
  type Organisation,
} from './support/two-organisations.ts';

const world = await startTwoOrganisations(t);
const { pool } = world.database;
await startDispatcher(t, world);

const asked: Map<string, { organisationId: string; claimIds: readonly string[] }> = new Map();
async function runOf(organisation: Organisation, claims: readonly ClaimInput[]): Promise<string> {
  const runId = await world.request(organisation, claims);
  asked.set(runId, { organisationId: organisation.id, claimIds: claims.map(({ id }) => id) });
  return runId;
}

// Runs that ended in different ways; one was in doubt, so that the trail has more than attempts.
const hlfClaims = await world.putClaims(world.hlf, 2);
const bfClaims = await world.putClaims(world.blindeforbundet, 2);
const refused = await world.putClaims(world.hlf, 1, { type: 'blocked' });
world.blindeforbundet.faults.add({ kind: 'drop_after', operation: 'addGLImportItems' });
const exported = await runOf(world.hlf, hlfClaims);
const doubted = await runOf(world.blindeforbundet, bfClaims);
const partial = await runOf(world.hlf, [...(await world.putClaims(world.hlf, 1)), ...refused]);
const rejected = await runOf(
  world.blindeforbundet,
  await world.putClaims(world.blindeforbundet, 1, { type: 'blocked' }),
);
for (const [runId, state] of [
  [exported, 'exported'],
  [doubted, 'exported'],
  [partial, 'partially_exported'],
  [rejected, 'rejected'],
] as const) {
  await world.runIs(runId, [state]);
}
const skipped = await runOf(world.hlf, hlfClaims);
const first = hlfClaims[0];
const booked = bfClaims[0];
if (first === undefined || booked === undefined) throw new Error('claims were not put');

async function breachesOf(
  doctor: (client: pg.Client) => Promise<unknown> = () => Promise.resolve(),
  change: Partial<Evidence> = {},
): Promise<readonly Breach[]> {
  const client = new pg.Client({ connectionString: world.database.superuserUrl });
  await client.connect();
  try {
    await client.query('begin');
    await doctor(client);
    const snapshot = await takeSnapshot(client);
    return check({ snapshot, books: booksOf(world), asked, ...change }).breaches;
  } finally {
    await client.query('rollback');
    await client.end();
  }
}

/** What a superuser can do who means it: no trigger, no check of foreign keys stops it. */
const doctoring = (sql: string, values: readonly unknown[]) => async (client: pg.Client) => {
  await client.query(`
    alter table accounting.export_runs disable trigger user;
    alter table accounting.audit_heads disable trigger user;
    alter table accounting.export_requests drop constraint waiting_has_a_time;
    alter table accounting.claim_reservations drop constraint booked_is_released_by_void_alone;
    set local session_replication_role = replica`);
  const { rowCount } = await client.query(sql, [...values]);
  if (rowCount === 0) throw new Error('nothing was doctored');
};

void t.test('finds nothing wrong where nothing is', async (t) => {
  const snapshot = await takeSnapshot(pool);
  const verdict = check({ snapshot, books: booksOf(world), asked });
  t.same(verdict.breaches, []);
  t.same(verdict.fates, { booked: 5, refused: 2, givenUp: 0, forAPerson: 0 });
});

interface Doctored {
  readonly what: string;
  readonly promise: Breach['promise'];
  readonly runId: string | null;
  readonly sql: string;
  readonly values: readonly unknown[];
}

const setRun = (change: string) =>
  `update accounting.export_requests set ${change} where run_id = $1`;
const setReservations = (change: string) =>
  `update accounting.claim_reservations set ${change} where run_id = $1`;
const setTrail = (change: string) =>
  `update accounting.export_runs set ${change} where run_id = $1 and kind = 'attempt'`;

const cases: readonly Doctored[] = [
  {
    what: 'an attempt whose row is gone',
    promise: 'trail',
    runId: exported,
    sql: `delete from accounting.export_runs where run_id = $1`,
    values: [exported],
  },
  {
    what: 'an attempt that says nothing of one of its claims',
    promise: 'trail',
    runId: exported,
    sql: setTrail(`claim_ids = claim_ids - 0`),
    values: [exported],
  },
  {
    what: 'a start that was counted and left no row',
    promise: 'trail',
    runId: doubted,
    sql: setRun(`attempt_no = attempt_no + 1`),
    values: [doubted],
  },
  {
    what: 'a row of an attempt that was never started',
    promise: 'trail',
    runId: doubted,
    sql: setTrail(`attempt_no = 7`),
    values: [doubted],
  },
  {
    what: 'a changed row',
    promise: 'chain',
    runId: null,
    sql: setTrail(`actor = 'somebody'`),
    values: [exported],
  },
  {
    what: 'a head that points elsewhere',
    promise: 'chain',
    runId: null,
    sql: `update accounting.audit_heads set seq = seq + 1 where organisation_id = $1`,
    values: [world.hlf.id],
  },
  {
    what: 'a claim that two runs are told to have booked',
    promise: 'booked twice',
    runId: skipped,
    sql: `insert into accounting.export_runs
            (organisation_id, seq, run_id, kind, outcome, claim_ids, actor, previous_hash, hash)
          values ($1, 1000, $2, 'reconciliation', 'found', jsonb_build_array($3::text), 'one',
            repeat('0', 64), repeat('0', 64))`,
    values: [world.hlf.id, skipped, first.id],
  },
  {
    what: 'a refused claim that is held',
    promise: 'reservations',
    runId: rejected,
    sql: setReservations(`released_at = null`),
    values: [rejected],
  },
  {
    what: 'a refused claim that a run with others still holds',
    promise: 'reservations',
    runId: partial,
    sql: setReservations(`released_at = null`) + ` and outcome = 'rejected'`,
    values: [partial],
  },
  {
    what: 'a delivered claim that was let go',
    promise: 'reservations',
    runId: exported,
    sql: setReservations(`released_at = now()`),
    values: [exported],
  },
  {
    what: 'a claim that was let go while its run goes on',
    promise: 'reservations',
    runId: exported,
    sql: `with run as (
            update accounting.export_requests
              set state = 'retry_wait', ended_at = null, exported_at = null, next_attempt_at = now()
              where run_id = $1
          )
          update accounting.claim_reservations
            set released_at = now(), delivered_at = null, outcome = null where run_id = $1`,
    values: [exported],
  },
  {
    what: 'a delivered claim that the ledger disagreed about',
    promise: 'disagreeing',
    runId: exported,
    sql: setReservations(`fault = 'another sum', faulted_at = now()`),
    values: [exported],
  },
  {
    what: 'a claim that was booked after its release',
    promise: 'disagreeing',
    runId: rejected,
    sql: setReservations(`booked_late_at = now()`),
    values: [rejected],
  },
  {
    what: 'a claim that is doubted and that nobody asks about',
    promise: 'stuck',
    runId: exported,
    sql: `update accounting.claims set flagged_at = now(), flagged_reason = 'is it there?'
            where id = $1`,
    values: [first.id],
  },
  {
    what: 'an ended run whose question was not answered',
    promise: 'stuck',
    runId: exported,
    sql: setRun(`ask_at = now()`),
    values: [exported],
  },
  {
    what: 'a claim without a verdict',
    promise: 'reservations',
    runId: skipped,
    sql: `delete from accounting.claim_reservations where run_id = $1 and claim_id = $2`,
    values: [skipped, first.id],
  },
  {
    what: 'more charged attempts than are allowed',
    promise: 'attempts',
    runId: exported,
    sql: setRun(`attempt_no = 7, charged_attempts = 7`),
    values: [exported],
  },
  {
    what: 'attempts without end',
    promise: 'attempts',
    runId: exported,
    sql: setRun(`attempt_no = 100`),
    values: [exported],
  },
  {
    what: 'questions without end',
    promise: 'attempts',
    runId: doubted,
    sql: setRun(`question_count = 21`),
    values: [doubted],
  },
  {
    what: 'a run that nothing moves on',
    promise: 'stuck',
    runId: exported,
    sql: setRun(`state = 'retry_wait', ended_at = null, exported_at = null`),
    values: [exported],
  },
  {
    what: 'a run that still waits when all is well',
    promise: 'stuck',
    runId: exported,
    sql: setRun(
      `state = 'retry_wait', ended_at = null, exported_at = null, next_attempt_at = now()`,
    ),
    values: [exported],
  },
  {
    what: 'an ended run with open claims',
    promise: 'sums',
    runId: exported,
    sql: setReservations(`outcome = null, delivered_at = null`),
    values: [exported],
  },
  {
    what: 'a claim in the ledger that the database has as not delivered',
    promise: 'disagreeing',
    runId: exported,
    sql: setReservations(`outcome = null, delivered_at = null, released_at = now()`),
    values: [exported],
  },
  {
    what: 'a delivered claim that is not marked as exported',
    promise: 'disagreeing',
    runId: exported,
    sql: `update accounting.claims set exported_at = null, exported_run_id = null
            where exported_run_id = $1`,
    values: [exported],
  },
  {
    what: 'a claim of another sum than the ledger has',
    promise: 'disagreeing',
    runId: exported,
    sql: `update accounting.claims set total = total + 0.01 where exported_run_id = $1`,
    values: [exported],
  },
  {
    what: 'a claim that was asked for and never held',
    promise: 'lost',
    runId: rejected,
    sql: setReservations(`verdict = 'in_flight', outcome = null`),
    values: [rejected],
  },
];

for (const { what, promise, runId, sql, values } of cases) {
  void t.test(`finds ${what}`, async (t) => {
    const breaches = await breachesOf(doctoring(sql, values));
    t.ok(
      breaches.some((breach) => breach.promise === promise && breach.runId === runId),
      JSON.stringify(breaches),
    );
  });
}

void t.test('finds a run that an app was told of and that is not there', async (t) => {
  const breaches = await breachesOf(undefined, {
    asked: new Map([
      ['00000000-0000-4000-8000-0000000000ff', { organisationId: '', claimIds: [] }],
    ]),
  });
  t.match(breaches, [{ promise: 'lost', runId: '00000000-0000-4000-8000-0000000000ff' }]);
});

void t.test('finds a second booking in the ledger', async (t) => {
  await add(world.xledger, booked.reference, 1);
  t.match(await breachesOf(), [{ promise: 'booked twice', runId: doubted }]);
  const { runs, ...others } = await takeSnapshot(pool);
  const forAPerson = runs.map((run) => {
    return run.run_id === doubted ? { ...run, state: 'needs_review', is_ended: false } : run;
  });
  const verdict = check({
    snapshot: { runs: forAPerson, ...others },
    books: booksOf(world),
    asked,
  });
  t.match(verdict.breaches, [{ promise: 'booked twice' }], 'also where a person looks');
});

void t.test('finds a delivered claim that is not in the ledger', async (t) => {
  world.xledger.removeItems(booked.reference);
  t.match(await breachesOf(), [{ promise: 'lost', runId: doubted }]);
});

void t.test('finds what nobody put', async (t) => {
  await add(world.xledger, booked.reference, 1);
  await add(world.xledger, 'BF-NOBODYS', 2);
  t.match(
    (await breachesOf()).map(({ text }) => text),
    [/is 150\.50, and not so much/, 'BF-NOBODYS is in the ledger, and nobody put it'],
  );
});

void t.test('a person settles what waits for one by what the ledger has', async (t) => {
  const organisation = world.blindeforbundet;
  const claims = await world.putClaims(organisation, 2);
  // In one transaction, so that no dispatcher comes between.
  const client = await pool.connect();
  await client.query('begin');
  const { rows } = await client.query<{ run_id: string }>(
    `insert into api.export_requests (organisation_id, claim_ids) values ($1, $2)
       returning run_id`,
    [organisation.id, claims.map(({ id }) => id)],
  );
  const runId = rows[0]?.run_id ?? '';
  await client.query(`select accounting.send_to_review($1, $2, 'tried')`, [organisation.id, runId]);
  await client.query('commit');
  client.release();
  await add(world.xledger, claims[0]?.reference ?? '', 3);

  t.equal(await settleReviews(pool, booksOf(world)), 1, 'one run waited');
  t.match(await world.run(runId), { state: 'partially_exported' });
  const decisions = (await world.trail(runId)).filter(({ kind }) => kind === 'decision');
  t.match(
    decisions,
    [
      { outcome: 'booked_by_hand', claim_ids: [claims[0]?.id], actor: 'chaos-coordinator' },
      { outcome: 'proved_absent', claim_ids: [claims[1]?.id], actor: 'chaos-coordinator' },
    ],
    'what is there is booked, the rest is not',
  );
});

t.end();
