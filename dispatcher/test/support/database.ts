import { randomBytes } from 'node:crypto';

import pg from 'pg';

import {
  randomName,
  serverVariables,
  startTestServer,
  urlOf,
  withAdminInTurn,
  type TestServer,
} from './server.ts';

/** As much of a tap test as is needed to clean up after it. */
export interface Teardown {
  teardown(handler: () => unknown): void;
}

export interface TestDatabase {
  readonly name: string;
  /** Everything is allowed: for the given of a test, and for looking at what became of it. */
  readonly superuserUrl: string;
  /** What a dispatcher logs in with: a role of its own that holds `export_dispatcher`. */
  readonly url: string;
  /** Superuser. */
  readonly pool: pg.Pool;
  /**
   * A new login that holds the roles, and its URL.
   *
   * @param options.inherits whether it has their rights without `set role`; default true.
   */
  loginAs(roles: readonly string[], options?: { readonly inherits?: boolean }): Promise<string>;
  /** Ends every session in it. Happens by itself when the test ends. */
  drop(): Promise<void>;
}

/**
 * A migrated database of its own, dropped when `t` ends.
 *
 * Under `npm test` it is a copy in the runner's server. A file that is run by hand boots a server
 * for itself, which ends with the last of its databases.
 */
export async function createTestDatabase(t: Teardown): Promise<TestDatabase> {
  const { server, release } = await useServer();
  const name = `accounting_test_${randomName()}`;
  const logins: string[] = [];

  const loginAs: TestDatabase['loginAs'] = async (roles, { inherits = true } = {}) => {
    const role = `accounting_login_${randomName()}`;
    const password = randomBytes(16).toString('hex');
    await withAdminInTurn(server.url, (admin) =>
      admin.query(
        `create role ${role} login ${inherits ? 'inherit' : 'noinherit'} ` +
          `password '${password}' in role ${roles.join(', ')}`,
      ),
    );
    logins.push(role);
    return urlOf(server.url, name, { role, password });
  };

  try {
    await withAdminInTurn(server.url, (admin) =>
      admin.query(`create database ${name} template ${server.template}`),
    );
    const superuserUrl = urlOf(server.url, name);
    const url = await loginAs(['export_dispatcher']);
    const pool = new pg.Pool({ connectionString: superuserUrl, max: 10 });
    // Told to whoever queries next; an idle connection that breaks is nobody's failure.
    pool.on('error', () => undefined);
    let dropping: Promise<void> | undefined;
    const drop = (): Promise<void> => {
      dropping ??= (async () => {
        await pool.end();
        await withAdminInTurn(server.url, async (admin) => {
          await admin.query(`drop database if exists ${name} with (force)`);
          for (const role of logins) await admin.query(`drop role if exists ${role}`);
        });
        await release();
      })();
      return dropping;
    };
    t.teardown(drop);
    return { name, superuserUrl, url, pool, loginAs, drop };
  } catch (error) {
    await release();
    throw error;
  }
}

let own: Promise<TestServer> | undefined;
let users = 0;

/** The runner's server if there is one, else this process' own, stopped when nobody uses it. */
export async function useServer(): Promise<{ server: TestServer; release: () => Promise<void> }> {
  const url = process.env[serverVariables.url];
  const template = process.env[serverVariables.template];
  if (url && template) {
    const nothing = (): Promise<void> => Promise.resolve();
    return { server: { url, template, stop: nothing }, release: nothing };
  }
  users += 1;
  own ??= startTestServer();
  const server = await own;
  const release = async (): Promise<void> => {
    users -= 1;
    if (users > 0) return;
    own = undefined;
    await server.stop();
  };
  return { server, release };
}

/**
 * An empty database, for what is tested before or without migrating. Dropped when `t` ends.
 *
 * @returns the superuser's URL.
 */
export async function createEmptyDatabase(t: Teardown): Promise<string> {
  const { server, release } = await useServer();
  const name = `accounting_empty_${randomName()}`;
  await withAdminInTurn(server.url, (admin) => admin.query(`create database ${name}`));
  t.teardown(async () => {
    await withAdminInTurn(server.url, (admin) =>
      admin.query(`drop database if exists ${name} with (force)`),
    );
    await release();
  });
  return urlOf(server.url, name);
}
