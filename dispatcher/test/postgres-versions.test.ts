import pg from 'pg';
import t, { type Test } from 'tap';

import { startEmbeddedPostgres } from '../../sandbox/embedded-postgres.ts';
import { postgresVersions } from '../../sandbox/postgres-binaries.ts';
import { migrate } from '../migrate.ts';
import { takeMainPath } from './support/main-path.ts';

async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** How often the guard's question to the trail reads the table and its index over claim ids. */
async function scansOfTheGuard(t: Test, url: string): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  t.teardown(() => client.end());
  // Enough rows for the planner to have a choice; the trail's own triggers would take seconds.
  await client.query(`
    begin;
    alter table accounting.export_runs disable trigger all;
    insert into accounting.export_runs
      (organisation_id, seq, kind, outcome, claim_ids, actor, error_message, previous_hash, hash)
    select '00000000-0000-4000-8000-000000000001', 10 + n, 'decision', 'booked_by_hand',
      jsonb_build_array(gen_random_uuid(), gen_random_uuid()), 'test', 'test',
      repeat('0', 64), repeat('0', 64)
    from generate_series(1, 3000) as n;
    analyze accounting.export_runs`);
  const counts = async (): Promise<Record<string, unknown>> => {
    const { rows } = await client.query<Record<string, unknown>>(`
      select pg_stat_get_xact_numscans('accounting.export_runs'::regclass)::int as "table",
        pg_stat_get_xact_numscans('accounting.export_runs_claim_ids_idx'::regclass)::int as "index"`);
    return rows[0] ?? {};
  };
  const before = await counts();
  await client.query(
    `select * from accounting.booked_claims('00000000-0000-4000-8000-000000000001',
      array(select gen_random_uuid()::text from generate_series(1, 50)))`,
  );
  const after = await counts();
  await client.query('rollback');
  return Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, Number(count) - Number(before[name])]),
  );
}

for (const version of postgresVersions) {
  await t.test(
    `Postgres ${version} can be migrated, again, four at once, and carries a claim all the way`,
    async (t) => {
      const server = await startEmbeddedPostgres({ version, isDurable: false });
      t.teardown(() => server.stop());
      const [running] = await query<{ major: number }>(
        server.url,
        `select current_setting('server_version_num')::int / 10000 as major`,
      );
      t.equal(running?.major, version, 'it is that version');
      await query(server.url, 'create database one');
      await query(server.url, 'create database two');

      // A lock is a database's own, roles are the server's: two databases meet there.
      const databases = ['one', 'one', 'two', 'two'].map((name) => server.urlFor(name));
      const results = await Promise.all(databases.map((databaseUrl) => migrate({ databaseUrl })));
      const applied = results.map((result) => result.applied.length);
      for (const [first = 0, second = 0] of [applied.slice(0, 2), applied.slice(2)]) {
        t.ok((first === 0) !== (second === 0), 'one of two applies the migrations');
      }
      const again = await migrate({ databaseUrl: server.urlFor('one') });
      t.same(again.applied, [], 'and again there is nothing to apply');

      await query(
        server.url,
        `create role test_dispatcher login password 'd' in role export_dispatcher;
         create role test_authenticator login noinherit password 'a' in role anon, authenticated;`,
      );
      await takeMainPath(t, {
        owner: server.urlFor('one'),
        dispatcher: server.urlFor('one', 'test_dispatcher', 'd'),
        authenticator: server.urlFor('one', 'test_authenticator', 'a'),
      });
      t.same(
        await scansOfTheGuard(t, server.urlFor('one')),
        { table: 0, index: 1 },
        'the guard asks the trail by its index alone',
      );
    },
  );
}
