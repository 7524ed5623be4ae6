/** Many sessions that append to the same trails at once: no gap, no fork, no deadlock. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import t from 'tap';

import { sqlState } from '../queue.ts';
import { createTestDatabase, type Teardown } from './support/database.ts';

const database = await createTestDatabase(t);
const { pool } = database;
const organisationCount = 20;
const runsEach = 6;

interface Lease {
  readonly organisation_id: string;
  readonly run_id: string;
  readonly lease_id: string;
}

async function connect(t: Teardown, count: number): Promise<pg.Client[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client({ connectionString: database.superuserUrl });
      await client.connect();
      t.teardown(() => client.end());
      return client;
    }),
  );
}

/** mulberry32: numbers from 0 to 1 that a seed determines. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Fisher and Yates. */
function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}

/** Organisations with Xledger, and runs of one claim each, all leased and started. */
async function startRuns(): Promise<Lease[]> {
  const { rows: numbers } = await pool.query<{ number: string }>(
    `select n::text as number from generate_series(910000000, 910001000) as n
      where accounting.is_organisation_number(n::text) limit $1`,
    [organisationCount],
  );
  for (const [index, { number }] of numbers.entries()) {
    const id = randomUUID();
    await pool.query('select accounting.apply_organisation($1)', [
      JSON.stringify({
        organisation: {
          id,
          name: `Organisation ${index}`,
          organisation_number: number,
          reference_prefix: `O${index}`,
        },
        integrations: [
          {
            system: 'xledger',
            endpoint: 'https://ledger.example/graphql',
            credential_ref: 'ledger',
            settings: { liability_account: '2910' },
            max_concurrency: runsEach,
          },
        ],
        mappings: { mileage: { account: '7100' } },
      }),
    ]);
    const claims = Array.from({ length: runsEach }, (_, no) => ({
      id: randomUUID(),
      reference: `O${index}-${no}`,
      kind: 'travel_expense',
      claimant: { id: 'person-1', name: 'Kari Eksempel' },
      currency: 'NOK',
      total: '100.00',
      lines: [{ type: 'mileage', date: '2026-03-02', amount: '100.00' }],
    }));
    await pool.query('select accounting.put_claims($1, $2)', [id, JSON.stringify(claims)]);
    for (const claim of claims) {
      await pool.query(
        'insert into api.export_requests (organisation_id, claim_ids) values ($1, $2)',
        [id, [claim.id]],
      );
    }
  }
  const { rows } = await pool.query<Lease>(
    `select l.organisation_id, l.run_id, l.lease_id
       from accounting.lease_runs('a-test', $1) as l`,
    [organisationCount * runsEach],
  );
  for (const { organisation_id: organisationId, run_id: runId, lease_id: leaseId } of rows) {
    await pool.query('select accounting.start_attempt($1, $2, $3)', [
      organisationId,
      runId,
      leaseId,
    ]);
  }
  return rows;
}

async function resultOf({ organisation_id, run_id, lease_id }: Lease): Promise<object> {
  const { rows } = await pool.query<{ claim_ids: string[] }>(
    'select claim_ids from accounting.export_requests where run_id = $1',
    [run_id],
  );
  return {
    organisation_id,
    run_id,
    lease_id,
    kind: 'attempt',
    attempt_no: 1,
    actor: 'a-test',
    keep_lease_ms: 0,
    rows: [{ outcome: 'accepted', claim_ids: rows[0]?.claim_ids, http_status: 200 }],
  };
}

/** Appends rows of no run's concern, in a transaction of its own. */
const append = (client: pg.Client, organisationId: string, count = 1) =>
  client.query(
    `select accounting.append_export_run(jsonb_populate_record(null::accounting.export_runs,
       jsonb_build_object('organisation_id', $1::uuid, 'run_id', gen_random_uuid(),
         'kind', 'reconciliation', 'outcome', 'absent', 'actor', 'a-test',
         'claim_ids', jsonb_build_array(gen_random_uuid()))))
       from generate_series(1, $2::integer)`,
    [organisationId, count],
  );

interface Trail {
  readonly organisation_id: string;
  readonly is_valid: boolean;
  readonly rows_checked: string;
  readonly last_seq: string;
  readonly reason: string | null;
}

const trails = async (): Promise<Trail[]> =>
  (
    await pool.query<Trail>(
      `select o.id as organisation_id, v.is_valid, v.rows_checked, v.reason,
              (select max(seq) from accounting.export_runs where organisation_id = o.id) as last_seq
         from accounting.organisations as o
        cross join lateral accounting.verify_trail_of(o.id) as v`,
    )
  ).rows;

const leases = await startRuns();
const organisationIds = [...new Set(leases.map(({ organisation_id: id }) => id))];
const [busiest = ''] = organisationIds;

await t.test('a hundred appends at once, and reports over twenty organisations', async (t) => {
  t.equal(leases.length, organisationCount * runsEach, 'every run has started');
  t.equal(organisationIds.length, organisationCount);
  const seed = Number(process.env['SEED'] ?? 20_260_302);
  t.comment(`SEED=${seed}`);
  const random = randomFrom(seed);
  // Each report holds a run of every organisation, in an order of its own.
  const reports = await Promise.all(
    Array.from({ length: runsEach }, async (_, no) => {
      const some = organisationIds.map(
        (id) => leases.filter(({ organisation_id: own }) => own === id)[no] as Lease,
      );
      return Promise.all(shuffle(some, random).map(resultOf));
    }),
  );
  const reporters = await connect(t, runsEach);
  const appenders = await connect(t, 25);
  const acts = [
    ...reporters.map((session, no) => async () => {
      await session.query('select * from accounting.record_results($1)', [
        JSON.stringify(reports[no]),
      ]);
    }),
    ...appenders.map((session) => async () => {
      for (let no = 0; no < 4; no += 1) await append(session, busiest);
    }),
  ];
  const ends = await Promise.allSettled(shuffle(acts, random).map((act) => act()));
  t.same(
    ends.flatMap((end) => (end.status === 'rejected' ? [sqlState(end.reason)] : [])),
    [],
    'nobody met a deadlock or anything else',
  );
  for (const trail of await trails()) {
    const rows = String(runsEach + (trail.organisation_id === busiest ? 100 : 0));
    t.match(trail, { is_valid: true, rows_checked: rows, last_seq: rows, reason: null });
  }
  const { rows } = await pool.query(
    `select distinct state from accounting.export_requests where state <> 'exported'`,
  );
  t.same(rows, [], 'and every run went on as was reported');
});

await t.test('a trail that grows while it is verified is whole all the time', async (t) => {
  const [reader] = (await connect(t, 1)) as [pg.Client];
  const writers = await connect(t, 4);
  let isReading = true;
  let appended = 0;
  const writing = Promise.all(
    writers.map(async (writer) => {
      while (isReading) {
        await append(writer, busiest, 3);
        appended += 3;
      }
    }),
  );
  const lengths = new Set<number>();
  const problems: unknown[] = [];
  try {
    while (lengths.size < 30) {
      const { rows } = await reader.query<Trail>('select * from accounting.verify_trail_of($1)', [
        busiest,
      ]);
      const [trail] = rows;
      if (trail?.is_valid !== true) problems.push(trail);
      lengths.add(Number(trail?.rows_checked));
      if (problems.length > 0) break;
    }
  } finally {
    isReading = false;
    await writing;
  }
  t.same(problems, [], 'no row and no head was ever seen without the other');
  t.match(
    (await trails()).find(({ organisation_id: id }) => id === busiest),
    { is_valid: true, rows_checked: String(runsEach + 100 + appended) },
    'and nothing that was appended meanwhile is missing',
  );
});

t.end();
