import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Command } from 'commander';
import pg from 'pg';

import { applyFunctions, objectKinds, type ObjectCounts } from './function-pass.ts';
import { applyMigrations, pendingMigrations as pendingIn } from './numbered-migrations.ts';

export { NewerDatabaseError } from './numbered-migrations.ts';
export { SqlFileError } from './sql-file-error.ts';

export interface MigrateOptions {
  /** Any Postgres from 15 on, over a session connection (not a transaction pooler). */
  readonly databaseUrl: string;
  /** Holds `migrations/` and `functions/`. Default: the project's `db`. */
  readonly directory?: string;
  /**
   * How long a statement waits for a lock that another session holds, milliseconds: for so long, all
   * others that want the same table wait behind it. Default 10 seconds.
   */
  readonly lockTimeoutMs?: number;
  /** Gets one line for each step. */
  readonly log?: (line: string) => void;
}

export interface MigrateResult {
  /** File names of the numbered migrations applied now. */
  readonly applied: readonly string[];
  readonly objects: ObjectCounts;
}

/** What whoever starts the program has to put right: the message says how. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const projectDirectory = fileURLToPath(new URL('../db', import.meta.url));
const oldestVersion = 15;
const connectTimeoutMs = 10_000;
/** Held for the session by the one migrator at work; any constant that nobody else uses. */
const migratorsLock = 4_107_225_016;
const lockPollMs = 100;
const defaultLockTimeoutMs = 10_000;

/**
 * Brings a database to what `directory` says: the numbered migrations that it hasn't had, then all
 * functions, views, triggers, policies and grants. Safe to repeat, and to run several at once: one
 * works, the others wait for it, all under one lock, for creating roles and schemas races too.
 *
 * Superuser isn't needed: a login that owns the database, and may create roles if they are missing.
 *
 * @throws ConfigurationError if there is no such database to talk to; SqlFileError with the file
 *   and line; NewerDatabaseError if the database is ahead of `directory`.
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const directory = options.directory ?? projectDirectory;
  const log = options.log ?? (() => undefined);
  const client = await connect(options.databaseUrl);
  try {
    // The login's own time-outs are for its daily work; a migration takes what it takes.
    await client.query(
      `set statement_timeout = 0; set client_min_messages = warning;
       set lock_timeout = ${Math.round(options.lockTimeoutMs ?? defaultLockTimeoutMs)}`,
    );
    await takeLock(client, log);
    const applied = await applyMigrations(client, path.join(directory, 'migrations'), log);
    const objects = await applyFunctions(client, path.join(directory, 'functions'));
    log(`applied ${objectKinds.map((kind) => `${kind} files: ${objects[kind]}`).join(', ')}`);
    return { applied, objects };
  } finally {
    // Ends the session, and with it the lock.
    await client.end().catch(() => undefined);
  }
}

/**
 * The numbered migrations that the database of `client` hasn't had: empty where it is ready for
 * this version of the program.
 *
 * @param directory holds `migrations/`; default: the project's `db`.
 * @throws NewerDatabaseError if the database is ahead of `directory`.
 */
export async function pendingMigrations(
  client: pg.ClientBase,
  directory = projectDirectory,
): Promise<string[]> {
  return pendingIn(client, path.join(directory, 'migrations'));
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  if (!/^postgres(ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    throw new ConfigurationError(
      'DATABASE_URL is not a Postgres URL. It should look like ' +
        'postgresql://user:password@host:5432/database (special characters percent-encoded).',
    );
  }
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'accounting-export migrate',
  });
  // A connection that breaks rejects the query under way, which is where it is told.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      `select pg_catalog.current_setting('server_version_num')::int / 10000 as version`,
    );
    const version = rows[0]?.version ?? 0;
    if (version < oldestVersion) {
      throw new ConfigurationError(`Postgres ${version} is too old: at least ${oldestVersion}.`);
    }
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error instanceof ConfigurationError ? error : connectionProblem(error);
  }
}

const remedies: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: is Postgres running, are host and port right?',
  ENOTFOUND: 'There is no such host: check the host in DATABASE_URL.',
  EAI_AGAIN: 'The host name could not be looked up: check it, and the network.',
  '28P01': 'Check user and password in DATABASE_URL.',
  '28000': 'The server does not let this user in: check pg_hba.conf and the user.',
  '3D000': 'There is no such database: create it, or check the name in DATABASE_URL.',
};

function connectionProblem(error: unknown): Error {
  const { code, message } = error as { code?: string; message?: string };
  // Starting up or full: right settings, wrong moment.
  if (code === '57P03' || code === '53300') return error as Error;
  const what = message || code || 'unknown error';
  const remedy = remedies[code ?? ''] ?? 'Check DATABASE_URL.';
  return new ConfigurationError(`Could not connect to the database: ${what}. ${remedy}`);
}

async function takeLock(client: pg.Client, log: (line: string) => void): Promise<void> {
  const attempt = async (): Promise<boolean> => {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_catalog.pg_try_advisory_lock($1) as taken',
      [migratorsLock],
    );
    return rows[0]?.taken === true;
  };
  if (await attempt()) return;
  log('waiting for another migration of this database to end');
  // Asking again, not waiting inside a query: a waiting query holds a snapshot, and a
  // `create index concurrently` of the migrator at work would wait for that in turn.
  while (!(await attempt())) await sleep(lockPollMs);
}

async function main(): Promise<number> {
  new Command('npm run migrate --')
    .description('Brings the database that DATABASE_URL names to what db/ says. Safe to repeat.')
    .parse();
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const complain = (line: string): void => void process.stderr.write(`${line}\n`);
  const started = performance.now();
  try {
    const databaseUrl = process.env['DATABASE_URL'];
    if (databaseUrl === undefined || databaseUrl === '') {
      throw new ConfigurationError(
        'DATABASE_URL is not set. Example: ' +
          'DATABASE_URL=postgresql://user:password@host:5432/database npm run migrate',
      );
    }
    const { applied } = await migrate({ databaseUrl, log: say });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`The database is up to date (${applied.length} new migrations, ${seconds} s).`);
    return 0;
  } catch (error) {
    complain(`Migration failed: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof ConfigurationError ? 78 : 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await main();
}
