/** What tests need of the system that npm can't bring: tools of a Postgres server, and libfaketime. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { postgresVersions } from '../../../sandbox/postgres-binaries.ts';

export interface SystemPackages {
  /** The folder of initdb, postgres, pg_basebackup, pg_ctl, pg_dump and the like. */
  readonly postgresBin: string;
  /** The shared library that moves a program's clock when it is preloaded. */
  readonly faketime: string;
}

/** The message says what to install. */
export class MissingPackagesError extends Error {
  override readonly name = 'MissingPackagesError';
}

const programs = [
  'initdb',
  'postgres',
  'pg_basebackup',
  'pg_ctl',
  'pg_dump',
  'pg_dumpall',
  'pg_restore',
  'psql',
];

/**
 * Finds the packages where Debian and Ubuntu install them; of several servers the newest.
 *
 * @throws MissingPackagesError
 */
export function findSystemPackages(): SystemPackages {
  const postgresBin = [...postgresVersions]
    .reverse()
    .map((version) => `/usr/lib/postgresql/${version}/bin`)
    .find((bin) => programs.every((program) => existsSync(path.join(bin, program))));
  const faketime = namesIn('/usr/lib')
    .map((name) => `/usr/lib/${name}/faketime/libfaketime.so.1`)
    .find((library) => existsSync(library));
  if (postgresBin === undefined || faketime === undefined) {
    const missing = [
      ...(postgresBin === undefined ? ['postgresql'] : []),
      ...(faketime === undefined ? ['libfaketime'] : []),
    ];
    throw new MissingPackagesError(
      `These tests need packages of the system. Install them: apt-get install ${missing.join(' ')}`,
    );
  }
  return { postgresBin, faketime };
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
