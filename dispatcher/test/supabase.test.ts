import pg from 'pg';
import t, { type Test } from 'tap';

import type { PostgresVersion } from '../../sandbox/postgres-binaries.ts';
import { findCredential } from '../credentials.ts';
import { migrate } from '../migrate.ts';
import { Queue } from '../queue.ts';
import { takeMainPath } from './support/main-path.ts';
import { rightsQuery } from './support/rights.ts';
import { startSupabaseLike } from './support/supabase.ts';

// On a busy machine the default is too short.
t.setTimeout(300_000);

/** Those that Supabase runs. */
const versions: readonly PostgresVersion[] = [15, 17];

async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function rightsIn(url: string): Promise<string[]> {
  return (await query<{ line: string }>(url, rightsQuery)).map(({ line }) => line);
}

function hasSameRights(t: Test, actual: readonly string[], expected: readonly string[]): void {
  const less = (left: readonly string[], right: readonly string[]): string[] =>
    left.filter((line) => !right.includes(line));
  t.same(less(actual, expected), [], 'no right too many');
  t.same(less(expected, actual), [], 'and none is missing');
}

for (const version of versions) {
  await t.test(`on Supabase with Postgres ${version}`, async (t) => {
    const supabase = await startSupabaseLike(t, version);
    const databaseUrl = supabase.postgresUrl('postgres');
    const theirs = 'select * from storage.migrations order by id';
    const before = await query(supabase.adminUrl('postgres'), theirs);

    await t.test('four at once, and once more, by a login that is no superuser', async (t) => {
      const results = await Promise.all([1, 2, 3, 4].map(() => migrate({ databaseUrl })));
      const applied = results.map((result) => result.applied.length).sort();
      t.same(applied.slice(0, 3), [0, 0, 0], 'three find everything done');
      t.ok((applied[3] ?? 0) > 0, 'the one that came first has done it');
      t.same((await migrate({ databaseUrl })).applied, [], 'and again there is nothing to apply');
      t.same(
        await query(supabase.adminUrl('postgres'), theirs),
        before,
        "the storage service's are as before",
      );
    });

    await t.test("the API's roles have the rights that they have elsewhere, no more", async (t) => {
      await query(supabase.adminUrl('postgres'), 'create database plain');
      await migrate({ databaseUrl: supabase.adminUrl('plain') });
      const plain = await rightsIn(supabase.adminUrl('plain'));
      hasSameRights(t, await rightsIn(supabase.adminUrl('postgres')), plain);
      t.same(
        plain.filter((line) => /^anon: /.test(line)),
        ['anon: usage on schema api'],
        'anon may do nothing',
      );
    });

    await t.test('a claim goes all the way', async (t) => {
      await query(
        databaseUrl,
        `create role test_dispatcher login password 'd' in role export_dispatcher`,
      );
      await takeMainPath(t, {
        owner: databaseUrl,
        dispatcher: supabase.urlFor('postgres', 'test_dispatcher', 'd'),
        authenticator: supabase.urlFor('postgres', 'authenticator', 'authenticator'),
      });
    });

    await t.test('a secret of the vault is read by a dispatcher, and no other one', async (t) => {
      const admin = supabase.adminUrl('postgres');
      const [integration] = await query<{ name: string }>(
        admin,
        `select credential_ref as name from accounting.integrations limit 1`,
      );
      const name = integration?.name ?? '';
      await query(
        admin,
        `insert into vault.secrets (name, secret)
         select n, encode(convert_to('{"token":"of ' || n || '"}', 'utf8'), 'base64')
         from unnest(array['${name}', 'another']) as n`,
      );
      const url = supabase.urlFor('postgres', 'test_dispatcher', 'd');
      const queue = new Queue(url, { poolSize: 1, onError: (error) => t.fail(error.message) });
      const vault = (ref: string) => queue.readVaultSecret(ref);
      try {
        const find = (ref: string) => findCredential(ref, { environment: {}, vault });
        t.same(await find(name), { token: `of ${name}` });
        t.match(await find('another'), /is not set$/);
        await query(admin, `update vault.secrets set secret = encode('x', 'base64')`);
        t.equal(await find(name), `the secret ${name} in the vault is not JSON`);
        await query(admin, `delete from vault.secrets`);
        t.match(await find(name), /is not set$/);
      } finally {
        await queue.close();
      }
      await t.rejects(query(url, 'select * from vault.decrypted_secrets'), { code: '42501' });
    });

    await t.test('a login that may create no role suffices where the roles are', async (t) => {
      await query(supabase.adminUrl('postgres'), `create role tenant login password 't'`);
      await query(supabase.adminUrl('postgres'), 'create database tenant owner tenant');
      const tenantUrl = supabase.urlFor('tenant', 'tenant', 't');
      t.ok((await migrate({ databaseUrl: tenantUrl })).applied.length > 0, 'it is migrated');
      t.same((await migrate({ databaseUrl: tenantUrl })).applied, [], 'and again');
      hasSameRights(
        t,
        await rightsIn(supabase.adminUrl('tenant')),
        await rightsIn(supabase.adminUrl('plain')),
      );
    });
  });
}
