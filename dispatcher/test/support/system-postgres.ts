/**
 * Servers that a test may back up, lose, promote, restore, and whose clock it may step: what the
 * embedded Postgres can't, for it brings no more than the server.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, rmSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import pg from 'pg';

import { freePort } from '../../../sandbox/free-port.ts';
import {
  makeReachableDirectory,
  postgresIdentity,
  type Identity,
} from '../../../sandbox/postgres-binaries.ts';
import type { Teardown } from './database.ts';
import { withAdmin } from './server.ts';
import { findSystemPackages } from './system-packages.ts';
import { waitFor } from './wait-for.ts';

const run = promisify(execFile);

/** Where a server answers: another that takes its place takes its address too. */
export interface Address {
  readonly port: number;
  /** Of the superuser `postgres`. */
  readonly password: string;
}

export interface StartOptions {
  /** Default: the port of the server's own address. */
  readonly port?: number;
  readonly settings?: Readonly<Record<string, string>>;
  /** Further variables of the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** One cluster, and the server that runs on it now and then. All settings are the durable ones. */
export class SystemPostgres {
  readonly address: Address;
  /** Open to the user that runs the server; removed with the cluster. */
  readonly directory: string;
  readonly #bin: string;
  readonly #identity: Identity;
  #server: ChildProcess | undefined;
  #port: number;

  private constructor(t: Teardown, bin: string, directory: string, address: Address) {
    this.#bin = bin;
    this.#identity = postgresIdentity();
    this.directory = directory;
    this.address = address;
    this.#port = address.port;
    const remove = (): void => {
      this.#server?.kill('SIGKILL');
      rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    };
    // The last resort, where a test file ends without its teardown.
    process.once('exit', remove);
    t.teardown(async () => {
      await this.kill();
      process.removeListener('exit', remove);
      remove();
    });
  }

  /**
   * A new cluster, with a system identifier of its own. Not started. Removed when `t` ends.
   *
   * @param address of the server whose place it is to take; left out: one of its own.
   * @throws MissingPackagesError
   */
  static async create(t: Teardown, address?: Address): Promise<SystemPostgres> {
    const server = await SystemPostgres.#empty(t, address);
    const passwordFile = path.join(server.directory, 'password');
    await fs.writeFile(passwordFile, `${server.address.password}\n`);
    await server.run('initdb', [
      `--pgdata=${server.#data}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--no-locale',
      '--lc-ctype=C.UTF-8',
    ]);
    return server;
  }

  static async #empty(t: Teardown, address?: Address): Promise<SystemPostgres> {
    const { postgresBin } = findSystemPackages();
    const directory = await makeReachableDirectory('accounting-system-', postgresIdentity());
    return new SystemPostgres(
      t,
      postgresBin,
      directory,
      address ?? { port: await freePort(), password: randomBytes(16).toString('hex') },
    );
  }

  get #data(): string {
    return path.join(this.directory, 'data');
  }

  /** The superuser's URL; of another database or login if given. */
  urlFor(database: string, role = 'postgres', password = this.address.password): string {
    return `postgresql://${role}:${password}@127.0.0.1:${this.#port}/${database}`;
  }

  /** Starts the server, and waits until it lets somebody in. */
  async start(options: StartOptions = {}): Promise<void> {
    this.#port = options.port ?? this.address.port;
    const settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      ...options.settings,
    };
    const log = openSync(path.join(this.directory, 'log'), 'a');
    const server = spawn(
      path.join(this.#bin, 'postgres'),
      [
        ...['-D', this.#data, '-p', String(this.#port)],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      {
        ...this.#identity,
        cwd: this.directory,
        env: { ...process.env, ...options.environment },
        stdio: ['ignore', log, log],
        detached: true,
      },
    );
    closeSync(log);
    this.#server = server;
    await waitFor(() => this.#letsIn(server), { timeoutMs: 30_000, what: 'Postgres to start' });
  }

  async #letsIn(server: ChildProcess): Promise<boolean> {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`Postgres ended:\n${await fs.readFile(`${this.directory}/log`, 'utf8')}`);
    }
    return withAdmin(this.urlFor('postgres'), () => Promise.resolve(true)).catch(() => false);
  }

  /** Ends the server as a loss of power does: nobody is told, nothing is written any more. */
  async kill(): Promise<void> {
    const server = this.#server;
    if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(server.pid)]).catch(() => ({
      stdout: '',
    }));
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    for (const pid of stdout.split('\n').map(Number).filter(Boolean)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It noticed by itself that its server is gone.
      }
    }
  }

  /** Ends the server in good order. */
  async stop(): Promise<void> {
    const ended = this.#server && once(this.#server, 'exit');
    await this.run('pg_ctl', ['stop', '-D', this.#data, '-m', 'fast', '-w']);
    await ended;
  }

  /** Copies this running server. The copy is a standby of it, and is not started. */
  async baseBackup(t: Teardown): Promise<SystemPostgres> {
    const standby = await SystemPostgres.#empty(t, {
      port: await freePort(),
      password: this.address.password,
    });
    await standby.run('pg_basebackup', [
      ...[`--dbname=${this.urlFor('postgres')}`, `--pgdata=${standby.#data}`],
      ...['--checkpoint=fast', '--wal-method=stream', '--write-recovery-conf'],
    ]);
    return standby;
  }

  /** Makes a running standby the primary, on a timeline of its own. */
  async promote(): Promise<void> {
    await this.run('pg_ctl', ['promote', '-D', this.#data, '-w']);
  }

  /** What the server itself says of its age: the same cluster, and its line of history. */
  async identity(): Promise<{ readonly system: string; readonly timeline: number }> {
    return withAdmin(this.urlFor('postgres'), async (admin) => {
      const { rows } = await admin.query<{ system: string; timeline: number }>(
        `select (select system_identifier::text from pg_control_system()) as system,
            ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int as timeline`,
      );
      if (rows[0] === undefined) throw new Error('the server does not know who it is');
      return rows[0];
    });
  }

  /**
   * Runs one of Postgres' programs, as the user that runs the server.
   *
   * @throws Error with what it wrote, if it fails.
   */
  async run(program: string, words: readonly string[]): Promise<string> {
    const { stdout } = await run(path.join(this.#bin, program), [...words], {
      ...this.#identity,
      cwd: this.directory,
      env: { ...process.env, PGPASSWORD: this.address.password, PGCONNECT_TIMEOUT: '10' },
    });
    return stdout;
  }
}

/** Waits until a standby has replayed all that its primary has written. */
export async function waitUntilCaughtUp(
  primary: SystemPostgres,
  standby: SystemPostgres,
): Promise<void> {
  const written = await oneValue(primary, 'select pg_current_wal_lsn()::text');
  await waitFor(
    async () =>
      (await oneValue(standby, `select (pg_last_wal_replay_lsn() >= '${written}')::text`)) ===
      'true',
    { what: 'the standby to catch up' },
  );
}

async function oneValue(server: SystemPostgres, sql: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: server.urlFor('postgres') });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: string | null }>(`select (${sql}) as value`);
    return rows[0]?.value ?? null;
  } finally {
    await client.end();
  }
}
