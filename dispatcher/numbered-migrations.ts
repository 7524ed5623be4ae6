import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { DatabaseError, type Client, type ClientBase } from 'pg';
import { migrate as runMigrations } from 'postgres-migrations';

import { SqlFileError } from './sql-file-error.ts';

/** The database has migrations that this version of the program doesn't know. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
}

/**
 * Where the record of what was applied lives. postgres-migrations looks for a table `migrations` in
 * *any* schema and, having found somebody else's, reads it as its own: with ours in place, first on
 * the search path, the unqualified name in its statements means ours.
 *
 * The dispatcher has no table rights, so it asks through the function.
 */
const bookkeeping = `
  create table if not exists accounting_migrations.migrations (
    id integer primary key,
    name varchar(100) unique not null,
    hash varchar(40) not null,
    executed_at timestamp default current_timestamp
  );
  create or replace function accounting_migrations.applied_migrations()
  returns setof integer
  language sql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select id from accounting_migrations.migrations where id > 0 order by id;
  $$;
  revoke all on function accounting_migrations.applied_migrations() from public;
  comment on schema accounting_migrations is 'Which numbered migrations this database has had.';
  comment on function accounting_migrations.applied_migrations() is
    'The numbers of the migrations applied, for a login without rights on the table.';`;

/**
 * Runs what is new of `directory`/NNNN_*.sql, each in its own transaction.
 *
 * @param client connected, alone in holding the migrators' lock. Its search_path is changed.
 * @returns the file names that were applied now, in order.
 * @throws SqlFileError with the file and line; NewerDatabaseError.
 */
export async function applyMigrations(
  client: Client,
  directory: string,
  log: (line: string) => void,
): Promise<string[]> {
  const files = await listMigrations(directory);
  const exists = await client.query(
    `select pg_catalog.to_regnamespace('accounting_migrations') as schema`,
  );
  // "if not exists" would want the right to create schemas even where nothing is to be done.
  if ((exists.rows as { schema: string | null }[])[0]?.schema === null) {
    await client.query('create schema accounting_migrations');
  }
  await client.query(bookkeeping);
  await client.query('set search_path = accounting_migrations');

  const pending = await pendingAmong(client, files);
  // The package keeps an error's message only: what it ran when it failed is noted on the way.
  let failure: { text: string; error: unknown } | undefined;
  const noting = {
    query: async (query: string | { text: string; values?: unknown[] }): Promise<unknown> => {
      try {
        return await (typeof query === 'string'
          ? client.query(query)
          : client.query(query.text, query.values));
      } catch (error) {
        failure ??= { text: typeof query === 'string' ? query : query.text, error };
        throw error;
      }
    },
  } as unknown as Client;
  try {
    await runMigrations({ client: noting }, directory);
  } catch (error) {
    for (const name of failure === undefined ? [] : pending) {
      const file = path.join(directory, name);
      const text = await readFile(file, 'utf8');
      if (text === failure?.text) throw SqlFileError.from(file, text, failure.error);
    }
    throw error;
  }
  for (const name of pending) log(`applied ${name}`);
  return pending;
}

/**
 * Which migrations of `directory` this database hasn't had: empty on a database that is ready.
 *
 * @param client logged in as the owner, or as one who may execute
 *   `accounting_migrations.applied_migrations()`.
 * @throws NewerDatabaseError if the database is ahead of `directory`.
 */
export async function pendingMigrations(client: ClientBase, directory: string): Promise<string[]> {
  return pendingAmong(client, await listMigrations(directory));
}

async function pendingAmong(client: ClientBase, files: readonly string[]): Promise<string[]> {
  const applied = await appliedNumbers(client);
  const known = files.map((name) => Number.parseInt(name, 10));
  const unknown = applied.filter((number) => !known.includes(number));
  if (unknown.length > 0) {
    throw new NewerDatabaseError(
      `The database has had migration ${unknown.join(', ')}, which this version doesn't know ` +
        `(its last is ${known.at(-1) ?? 0}). Use the version that the database was migrated with, ` +
        'or a newer one.',
    );
  }
  return files.filter((name) => !applied.includes(Number.parseInt(name, 10)));
}

async function appliedNumbers(client: ClientBase): Promise<number[]> {
  try {
    const result = await client.query(
      'select number from accounting_migrations.applied_migrations() as number',
    );
    return (result.rows as { number: number }[]).map((row) => row.number);
  } catch (error) {
    // No such schema, no such function: nothing was ever applied.
    const code = error instanceof DatabaseError ? error.code : undefined;
    if (code === '3F000' || code === '42883') return [];
    throw error;
  }
}

async function listMigrations(directory: string): Promise<string[]> {
  const files = (await readdir(directory)).filter((name) => /\.(sql|js)$/i.test(name)).sort();
  const purposes = new Set<string>();
  for (const name of files) {
    const purpose = /^\d{4}_(\w+)\.sql$/.exec(name)?.[1];
    const file = path.join(directory, name);
    if (purpose === undefined) throw new SqlFileError(file, 'should be called NNNN_purpose.sql');
    // postgres-migrations has a unique index on what comes after the number.
    if (purposes.has(purpose)) throw new SqlFileError(file, 'its purpose is taken by another file');
    purposes.add(purpose);
  }
  return files;
}
