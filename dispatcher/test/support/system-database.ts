/** The project's database in a server that a test may lose and put another in the place of. */
import { randomBytes } from 'node:crypto';

import pg from 'pg';

import { migrate } from '../../migrate.ts';
import type { Teardown, TestDatabase } from './database.ts';
import { randomName, withAdmin } from './server.ts';
import type { SystemPostgres } from './system-postgres.ts';

const name = 'accounting';

/**
 * Makes and migrates the database in a running server. Its URLs go on to mean whatever server
 * answers at that address; the pool connects anew when its server has gone.
 */
export async function createSystemDatabase(
  t: Teardown,
  server: SystemPostgres,
): Promise<TestDatabase> {
  const maintenanceUrl = server.urlFor('postgres');
  await withAdmin(maintenanceUrl, (admin) => admin.query(`create database ${name}`));
  const superuserUrl = server.urlFor(name);
  await migrate({ databaseUrl: superuserUrl });
  const pool = new pg.Pool({ connectionString: superuserUrl, max: 10 });
  pool.on('error', () => undefined);
  let ending: Promise<void> | undefined;
  const drop = (): Promise<void> => (ending ??= pool.end());
  t.teardown(drop);
  const loginAs: TestDatabase['loginAs'] = async (roles, { inherits = true } = {}) => {
    const role = `login_${randomName()}`;
    const password = randomBytes(16).toString('hex');
    await withAdmin(maintenanceUrl, (admin) =>
      admin.query(
        `create role ${role} login ${inherits ? 'inherit' : 'noinherit'} ` +
          `password '${password}' in role ${roles.join(', ')}`,
      ),
    );
    return server.urlFor(name, role, password);
  };
  const url = await loginAs(['export_dispatcher']);
  return { name, superuserUrl, url, pool, loginAs, drop };
}
