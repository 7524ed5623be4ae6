/** A backup of yesterday takes the place of a database that has gone on exporting since. */
import path from 'node:path';

import t, { type Test } from 'tap';

import { freezeAll } from '../../organisation.ts';
import { startDispatcher } from '../support/dispatcher-process.ts';
import {
  checkRecovery,
  makeLostHistory,
  makePast,
  marksOf,
  RECOVERY_TIMINGS,
  untilFrozen,
  type Past,
} from '../support/lost-history.ts';
import { createSystemDatabase } from '../support/system-database.ts';
import { SystemPostgres } from '../support/system-postgres.ts';
import { startTwoOrganisations, type TwoOrganisations } from '../support/two-organisations.ts';

interface Given {
  readonly server: SystemPostgres;
  readonly world: TwoOrganisations;
  readonly past: readonly Past[];
  /** The backup's files: the roles, and the database. */
  readonly roles: string;
  readonly dump: string;
}

/** A backup is made, exports go on, and then all dispatchers are gone, one amid its work. */
async function goOnAfterABackup(t: Test): Promise<Given> {
  const server = await SystemPostgres.create(t);
  await server.start();
  const database = await createSystemDatabase(t, server);
  const world = await startTwoOrganisations(t, RECOVERY_TIMINGS, database);
  const past = await makePast(t, world);
  const roles = path.join(server.directory, 'roles.sql');
  const dump = path.join(server.directory, 'database.dump');
  const maintenance = `--dbname=${server.urlFor('postgres')}`;
  await server.run('pg_dumpall', ['--roles-only', `--file=${roles}`, maintenance]);
  await server.run('pg_dump', ['--format=custom', `--file=${dump}`, database.superuserUrl]);

  const dispatchers = [await startDispatcher(t, world), await startDispatcher(t, world)];
  await makeLostHistory(world, past);
  for (const dispatcher of dispatchers) dispatcher.kill('SIGKILL');
  for (const dispatcher of dispatchers) await dispatcher.ended;
  return { server, world, past, roles, dump };
}

void t.test('restored into another cluster, it asks for all before it sends', async (t) => {
  const { server, world, past, roles, dump } = await goOnAfterABackup(t);
  const before = await server.identity();
  await server.kill();
  const other = await SystemPostgres.create(t, server.address);
  await other.start();
  const maintenance = `--dbname=${other.urlFor('postgres')}`;
  // The superuser is there already, which is all that may go wrong.
  await other.run('psql', ['--quiet', `--file=${roles}`, maintenance]);
  await other.run('pg_restore', ['--exit-on-error', '--create', maintenance, dump]);
  t.not((await other.identity()).system, before.system, 'another cluster');

  const marks = marksOf(past);
  await startDispatcher(t, world);
  t.match((await untilFrozen(world)).join(), /restored/, 'the dispatcher notices it by itself');
  await checkRecovery(t, world, past, marks);
});

void t.test('restored in place and frozen by hand, it asks for all before it sends', async (t) => {
  const { server, world, past, dump } = await goOnAfterABackup(t);
  const before = await server.identity();
  const maintenance = `--dbname=${server.urlFor('postgres')}`;
  await server.run('psql', [
    '--quiet',
    `--command=drop database ${world.database.name} with (force)`,
    maintenance,
  ]);
  await server.run('pg_restore', ['--exit-on-error', '--create', maintenance, dump]);
  t.same(await server.identity(), before, 'which the server itself can not tell');
  t.equal(await freezeAll(world.database.superuserUrl, 'restored from a backup'), 2);

  const marks = marksOf(past);
  await startDispatcher(t, world);
  t.match((await untilFrozen(world)).join(), /restored from a backup/);
  await checkRecovery(t, world, past, marks);
});

t.end();
