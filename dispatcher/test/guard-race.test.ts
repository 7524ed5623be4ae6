/** The guard against many sessions at once: real connections, nothing between them. */
import t from 'tap';

import { sqlState } from '../queue.ts';
import type { Teardown } from './support/database.ts';
import {
  actAsApp,
  connectSession,
  insertRequest,
  raceForClaims,
  randomFrom,
  type Session,
} from './support/guard-race.ts';
import {
  startTwoOrganisations,
  type ClaimInput,
  type Organisation,
} from './support/two-organisations.ts';
import { waitUntilBlocked } from './support/wait-for.ts';

const world = await startTwoOrganisations(t);
const { database, hlf, blindeforbundet } = world;
const { pool } = database;

const connect = (t: Teardown): Promise<Session> => connectSession(t, database.superuserUrl);

/** The SQLSTATE with which a query is refused; null if it is not. */
function stateOf(query: Promise<unknown>): Promise<string | null> {
  return query.then(() => null, sqlState);
}

/** Claims that more than one run holds. */
async function claimsHeldTwice(): Promise<string[]> {
  const { rows } = await pool.query<{ claim_id: string }>(
    `select claim_id from accounting.claim_reservations
      where verdict = 'exportable' and released_at is null
      group by organisation_id, claim_id having count(*) > 1`,
  );
  return rows.map(({ claim_id }) => claim_id);
}

await t.test(
  'twenty sessions that ask for overlapping claims at once never put one claim into two runs',
  async (t) => {
    const seed = Number(process.env['SEED'] ?? 20_260_302);
    t.comment(`SEED=${seed}`);
    const random = randomFrom(seed);
    const sessions = await Promise.all(Array.from({ length: 20 }, () => connect(t)));
    const problems: unknown[] = [];
    let answers = 0;
    for (let round = 1; round <= 20; round += 1) {
      const organisation = round % 2 === 0 ? hlf : blindeforbundet;
      const result = await raceForClaims(world, organisation, sessions, random);
      answers += result.answers;
      if (result.errors.length + result.wrongClaims.length > 0) problems.push({ round, result });
    }
    t.same(problems, [], 'no deadlock, no error, each claim that was asked for is in one run');
    t.equal(answers, 400, 'every request got an answer');
    t.same(await claimsHeldTwice(), []);
  },
);

await t.test('a double click from two sessions gives the same run', async (t) => {
  const claims = await world.putClaims(hlf, 3);
  const ids = claims.map(({ id }) => id);
  const [first, second] = [await connect(t), await connect(t)];
  await Promise.all([actAsApp(first, hlf), actAsApp(second, hlf)]);
  await first.client.query('begin');
  const one = await first.client.query<{ run_id: string }>(insertRequest, [hlf.id, ids]);
  const waiting = second.client.query<{ run_id: string; state: string }>(insertRequest, [
    hlf.id,
    [...ids].reverse(),
  ]);
  await waitUntilBlocked(pool, second.pid);
  await first.client.query('commit');
  const two = await waiting;
  t.equal(two.rows[0]?.run_id, one.rows[0]?.run_id);
  t.equal(two.rows[0]?.state, 'queued', 'and not a run of its own that was skipped');
  const { rows } = await pool.query(
    'select 1 from accounting.export_requests where claim_ids && $1::uuid[]',
    [ids],
  );
  t.equal(rows.length, 1);
});

await t.test('if the first request rolls back, the one that waits succeeds', async (t) => {
  const ids = (await world.putClaims(hlf, 3)).map(({ id }) => id);
  const [first, second] = [await connect(t), await connect(t)];
  await Promise.all([actAsApp(first, hlf), actAsApp(second, hlf)]);
  await first.client.query('begin');
  const one = await first.client.query<{ run_id: string }>(insertRequest, [hlf.id, ids]);
  const waiting = second.client.query<{ run_id: string; state: string }>(insertRequest, [
    hlf.id,
    ids,
  ]);
  await waitUntilBlocked(pool, second.pid);
  await first.client.query('rollback');
  const two = await waiting;
  t.equal(two.rows[0]?.state, 'queued');
  t.not(two.rows[0]?.run_id, one.rows[0]?.run_id);
  const { rows } = await pool.query(
    `select run_id from accounting.claim_reservations
      where claim_id = any ($1::uuid[]) and verdict = 'exportable' and released_at is null`,
    [ids],
  );
  t.same(
    rows,
    ids.map(() => ({ run_id: two.rows[0]?.run_id })),
    'and holds all claims',
  );
});

await t.test('several requests in one statement do not deadlock with another such', async (t) => {
  const bulk = async ({ client }: Session, organisation: Organisation, lists: string[][]) => {
    const { rows } = await client.query<{ run_id: string }>(
      `insert into api.export_requests (organisation_id, claim_ids)
         select $1, array(select jsonb_array_elements_text(list)::uuid)
           from jsonb_array_elements($2::jsonb) as list
       returning run_id`,
      [organisation.id, JSON.stringify(lists)],
    );
    return rows.length;
  };
  const idsOf = (claims: readonly ClaimInput[], from: number, to: number) =>
    claims.slice(from, to).map(({ id }) => id);
  const sessions = [await connect(t), await connect(t)] as const;
  await Promise.all(sessions.map((session) => actAsApp(session, hlf)));
  for (let round = 0; round < 15; round += 1) {
    const claims = await world.putClaims(hlf, 12);
    // The same claims, in opposite orders: what each statement sorts for itself doesn't help.
    const there = [idsOf(claims, 0, 4), idsOf(claims, 4, 8), idsOf(claims, 8, 12)];
    const back = [idsOf(claims, 7, 12), idsOf(claims, 3, 7), idsOf(claims, 0, 3)];
    const counts = await Promise.all([bulk(sessions[0], hlf, there), bulk(sessions[1], hlf, back)]);
    if (counts.join() !== '3,3') t.fail(`round ${round}: ${counts.join()}`);
  }
  t.same(await claimsHeldTwice(), []);
});

await t.test('past the front door, the index still lets one run hold a claim', async (t) => {
  const [claim] = await world.putClaims(hlf, 1);
  const id = claim?.id ?? '';
  const run = `insert into accounting.export_requests
    (organisation_id, claim_ids, request_key, system, endpoint, requested_by)
    values ($1, array[$2]::uuid[], gen_random_uuid()::text, 'business_central', '-', 'somebody')
    returning run_id`;
  const reserve = `insert into accounting.claim_reservations
    (organisation_id, run_id, claim_id, verdict) values ($1, $2, $3, 'exportable')`;
  const [first, second] = [await connect(t), await connect(t)];
  const runs: string[] = [];
  for (const { client } of [first, second]) {
    const { rows } = await client.query<{ run_id: string }>(run, [hlf.id, id]);
    runs.push(rows[0]?.run_id ?? '');
  }
  await first.client.query('begin');
  await first.client.query(reserve, [hlf.id, runs[0], id]);
  const waiting = stateOf(second.client.query(reserve, [hlf.id, runs[1], id]));
  await waitUntilBlocked(pool, second.pid);
  await first.client.query('commit');
  t.equal(await waiting, '23505');
});

const edits = [
  "update accounting.claims set state = 'withdrawn' where id = $1",
  "update accounting.claim_lines set text = 'other' where claim_id = $1",
  'delete from accounting.claim_lines where claim_id = $1',
  'delete from accounting.claims where id = $1',
];
for (const edit of edits) {
  await t.test(`an edit that waits for the guard is refused: ${edit}`, async (t) => {
    const [claim] = await world.putClaims(hlf, 1);
    const id = claim?.id ?? '';
    const [guard, editor] = [await connect(t), await connect(t)];
    await guard.client.query('begin');
    await guard.client.query(insertRequest, [hlf.id, [id]]);
    const waiting = stateOf(editor.client.query(edit, [id]));
    await waitUntilBlocked(pool, editor.pid);
    await guard.client.query('commit');
    t.equal(await waiting, 'AX011');
  });
}

await t.test('a request that waits for an edit sees what was edited', async (t) => {
  const [claim] = await world.putClaims(hlf, 1);
  const id = claim?.id ?? '';
  const [editor, guard] = [await connect(t), await connect(t)];
  await editor.client.query('begin');
  await editor.client.query("update accounting.claims set state = 'withdrawn' where id = $1", [id]);
  const waiting = guard.client.query<{ run_id: string; state: string }>(insertRequest, [
    hlf.id,
    [id],
  ]);
  await waitUntilBlocked(pool, guard.pid);
  await editor.client.query('commit');
  const { rows } = await waiting;
  t.equal(rows[0]?.state, 'skipped');
  const { rows: told } = await pool.query(
    'select verdict from accounting.claim_reservations where run_id = $1',
    [rows[0]?.run_id],
  );
  t.same(told, [{ verdict: 'not_approved' }]);
});

await t.test('two organisations do not wait for each other', async (t) => {
  const ours = (await world.putClaims(hlf, 1)).map(({ id }) => id);
  const theirs = (await world.putClaims(blindeforbundet, 1)).map(({ id }) => id);
  const [one, two] = [await connect(t), await connect(t)];
  await actAsApp(one, hlf);
  await actAsApp(two, blindeforbundet);
  await one.client.query('begin');
  await one.client.query(insertRequest, [hlf.id, ours]);
  await two.client.query(`set lock_timeout = '2s'`);
  const { rows } = await two.client.query<{ state: string }>(insertRequest, [
    blindeforbundet.id,
    theirs,
  ]);
  t.equal(rows[0]?.state, 'queued');
  await one.client.query('rollback');
});

t.end();
