/** A coordinator of A who is curious about B: asks, and sees to it that no answer tells anything. */
import { isDeepStrictEqual } from 'node:util';

import type { Pool } from 'pg';
import type { Test } from 'tap';

import { marker, startAccessWorld, unseen, type Holdings } from './access-world.ts';
import type { Teardown } from './database.ts';
import type { ApiAnswer, ApiRequest, TestApi } from './postgrest.ts';

export interface Prober {
  readonly A: Holdings;
  readonly B: Holdings;
  readonly nobody: Holdings;
  readonly api: TestApi;
  readonly pool: Pool;
  readonly tokens: Readonly<Record<'coordinator' | 'app' | 'service', string>>;
  /** Asks as A's coordinator, unless told otherwise; fails `t` if the answer tells anything of B. */
  readonly get: (t: Test, path: string, request?: ApiRequest) => Promise<ApiAnswer>;
  readonly post: (t: Test, path: string, body: object, request?: ApiRequest) => Promise<ApiAnswer>;
  /** Whether what B has and what nobody has are answered alike, but for the ids that were sent. */
  readonly areAlike: (
    t: Test,
    what: string,
    ask: (whose: Holdings) => Promise<ApiAnswer>,
    expected: { readonly status: number; readonly code?: string },
  ) => Promise<void>;
  /** Whether all of B's rows are still as they were at the start. */
  readonly leftBAlone: (t: Test) => Promise<void>;
}

const uuids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

export async function startProber(t: Teardown): Promise<Prober> {
  const world = await startAccessWorld(t);
  const { api, A, B, nobody } = world;
  const { pool } = world.database;
  const tokenOf = (name: string): string =>
    world.callers.find((caller) => caller.name === name)?.token ?? '';
  const tokens = {
    coordinator: tokenOf('coordinator'),
    app: tokenOf('app'),
    service: tokenOf('service_role'),
  };
  const innards = [...(await innerNames(pool)), 'accounting.', 'PL/pgSQL', 'SQL statement'];
  const before = await everythingOf(pool, B.organisationId);

  const tellsNothing = (t: Test, answer: ApiAnswer, sent: string): ApiAnswer => {
    const text = `${JSON.stringify([...answer.headers])} ${JSON.stringify(answer.body)}`;
    const unsaid = (words: readonly string[]): string[] =>
      words.filter((word) => text.includes(word) && !sent.includes(word));
    t.strictSame(unsaid(world.words.B), [], `nothing of the other one: ${sent.slice(0, 80)}`);
    t.notMatch(text, unseen, 'nor a secret');
    if (answer.status >= 400) t.strictSame(unsaid(innards), [], 'nor how it is made');
    return answer;
  };

  return {
    A,
    B,
    nobody,
    api,
    pool,
    tokens,
    async get(t, path, request) {
      const answer = await api.get(path, { token: tokens.coordinator, ...request });
      return tellsNothing(t, answer, decodeURIComponent(path));
    },
    async post(t, path, body, request) {
      const answer = await api.post(path, body, { token: tokens.coordinator, ...request });
      return tellsNothing(t, answer, path + JSON.stringify(body));
    },
    async areAlike(t, what, ask, expected) {
      const theirs = await ask(B);
      t.equal(plain(theirs, B), plain(await ask(nobody), nobody), `${what}: as if not there`);
      t.equal(theirs.status, expected.status, what);
      if (expected.code !== undefined) t.match(theirs.body, { code: expected.code }, what);
    },
    async leftBAlone(t) {
      const after = await everythingOf(pool, B.organisationId);
      t.match(JSON.stringify(before), marker, 'there was something');
      t.ok(isDeepStrictEqual(after, before), 'and it is as it was');
    },
  };
}

/** An answer without the ids and references that were sent, and without what is new each time. */
function plain({ status, headers, body }: ApiAnswer, whose: Holdings): string {
  const told = [status, headers.get('content-type'), headers.get('content-range'), body];
  let text = JSON.stringify(told).replaceAll(whose.claim.reference, 'REFERENCE');
  for (const [id] of JSON.stringify(whose).matchAll(uuids)) text = text.replaceAll(id, 'SENT');
  return text.replaceAll(uuids, 'NEW').replaceAll(/\d{4}-\d\d-\d\dT[\d:.+]+/g, 'NOW');
}

/** Names of tables and indexes that only the schema behind the API has. */
async function innerNames(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'accounting'::regnamespace and relkind in ('r', 'i') and relname like '%\\_%'
     except select relname from pg_class where relnamespace = 'api'::regnamespace`,
  );
  return rows.map(({ name }) => name);
}

async function everythingOf(pool: Pool, organisationId: string): Promise<unknown> {
  const { rows } = await pool.query(
    `select (select json_agg(c order by c.id) from accounting.claims as c
              where c.organisation_id = $1) as claims,
            (select json_agg(l order by l.claim_id, l.line_no) from accounting.claim_lines as l
              where l.organisation_id = $1) as lines,
            (select json_agg(e order by e.run_id) from accounting.export_requests as e
              where e.organisation_id = $1) as runs,
            (select json_agg(r order by r.run_id, r.claim_id)
               from accounting.claim_reservations as r where r.organisation_id = $1) as reservations,
            (select json_agg(x order by x.seq) from accounting.export_runs as x
              where x.organisation_id = $1) as trail`,
    [organisationId],
  );
  return rows[0];
}
