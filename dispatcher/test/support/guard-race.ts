/** Many sessions that ask for overlapping claims at the same instant. */
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import { sqlState } from '../../queue.ts';
import type { Teardown } from './database.ts';
import type { Organisation, TwoOrganisations } from './two-organisations.ts';

/** How a request is made, by $1 organisation and $2 claims. */
export const insertRequest = `insert into api.export_requests (organisation_id, claim_ids)
  values ($1, $2) returning run_id, state`;

export interface Session {
  readonly client: pg.Client;
  readonly pid: number;
}

/** A session of its own, ended with `t`. */
export async function connectSession(t: Teardown, databaseUrl: string): Promise<Session> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  t.teardown(() => client.end());
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return { client, pid: rows[0]?.pid ?? 0 };
}

/** From now on the session acts as the app of an organisation, as PostgREST would make it. */
export async function actAsApp({ client }: Session, { id }: Organisation): Promise<void> {
  const claims = { role: 'authenticated', organisation_id: id, app_role: 'app', sub: 'the-app' };
  await client.query('reset role');
  await client.query(`select set_config('request.jwt.claims', $1, false)`, [
    JSON.stringify(claims),
  ]);
  await client.query('set role authenticated');
}

/** mulberry32: numbers from 0 to 1 that a seed determines. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface RaceResult {
  /** Requests that were given a run. */
  readonly answers: number;
  /** SQLSTATEs of those that were refused. */
  readonly errors: readonly (string | null)[];
  /** Claims that were asked for and are in no run, or in more than one. */
  readonly wrongClaims: readonly string[];
}

/** One round: thirty new claims, and each session asks for about a third of them, in its own order. */
export async function raceForClaims(
  world: TwoOrganisations,
  organisation: Organisation,
  sessions: readonly Session[],
  random: () => number,
): Promise<RaceResult> {
  await Promise.all(sessions.map((session) => actAsApp(session, organisation)));
  const claims = await world.putClaims(organisation, 30);
  const asked = sessions.map(() => {
    const some = claims.filter(() => random() < 0.3).map(({ id }) => id);
    // Every session in an order of its own: sorting is the guard's affair.
    return (some.length > 0 ? some : [claims[0]?.id ?? '']).sort(() => random() - 0.5);
  });
  const results = await Promise.allSettled(
    sessions.map(async ({ client }, i) => {
      // Not all at the same instant: some meet commits, others meet open transactions.
      await sleep(random() * 4);
      return client.query<{ run_id: string }>(insertRequest, [organisation.id, asked[i]]);
    }),
  );
  const { rows } = await world.database.pool.query<{ claim_id: string }>(
    `select a.claim_id
       from unnest($1::uuid[]) as a (claim_id)
       left join accounting.claim_reservations as r
         on r.claim_id = a.claim_id and r.verdict = 'exportable' and r.released_at is null
      group by a.claim_id having count(r.claim_id) <> 1`,
    [[...new Set(asked.flat())]],
  );
  return {
    answers: results.filter(
      (result) => result.status === 'fulfilled' && result.value.rows[0]?.run_id !== undefined,
    ).length,
    errors: results.flatMap((result) =>
      result.status === 'rejected' ? [sqlState(result.reason)] : [],
    ),
    wrongClaims: rows.map(({ claim_id: id }) => id),
  };
}
