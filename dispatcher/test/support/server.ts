import { randomBytes } from 'node:crypto';

import pg from 'pg';

import { startEmbeddedPostgres } from '../../../sandbox/embedded-postgres.ts';
import { migrate } from '../../migrate.ts';

/** A server to make test databases in, and the migrated database that they are copies of. */
export interface TestServer {
  /** Superuser, maintenance database. */
  readonly url: string;
  readonly template: string;
  stop(): Promise<void>;
}

/** How the runner tells test files where its server is. */
export const serverVariables = {
  url: 'ACCOUNTING_TEST_SERVER_URL',
  template: 'ACCOUNTING_TEST_TEMPLATE',
} as const;

/**
 * Boots an embedded Postgres, or uses the server of `TEST_DATABASE_URL` (a superuser's login), and
 * migrates the template.
 *
 * @throws whatever booting or migrating throws; nothing is left behind then.
 */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env['TEST_DATABASE_URL'];
  const embedded = given ? undefined : await startEmbeddedPostgres({ isDurable: false });
  const url = given || embedded?.url || '';
  const template = `accounting_template_${randomName()}`;
  const stop = async (): Promise<void> => {
    await withAdmin(url, (admin) =>
      admin.query(`drop database if exists ${template} with (force)`),
    );
    await embedded?.stop();
  };
  try {
    await withAdmin(url, (admin) => admin.query(`create database ${template}`));
    await migrate({ databaseUrl: urlOf(url, template) });
    // A database that somebody is connected to can't be copied: so nobody can be.
    await withAdmin(url, (admin) =>
      admin.query(`alter database ${template} with allow_connections false`),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, template, stop };
}

/** Eight hexadecimal digits, for names that must not meet in a shared server. */
export function randomName(): string {
  return randomBytes(4).toString('hex');
}

/** The same server's URL for another database, and another login if given. */
export function urlOf(
  serverUrl: string,
  database: string,
  login?: { readonly role: string; readonly password: string },
): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (login !== undefined) {
    url.username = login.role;
    url.password = login.password;
  }
  return url.href;
}

/** Runs `work` on a connection of its own to the maintenance database. */
export async function withAdmin<T>(
  serverUrl: string,
  work: (admin: pg.Client) => Promise<T>,
): Promise<T> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** One after the other over all processes: making databases and roles races in the server. */
export async function withAdminInTurn<T>(
  serverUrl: string,
  work: (admin: pg.Client) => Promise<T>,
): Promise<T> {
  return withAdmin(serverUrl, async (admin) => {
    await admin.query('select pg_advisory_lock(4107225018)');
    return work(admin);
  });
}
