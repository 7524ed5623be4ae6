/** The primary dies with commits that its standby has not got: what was acknowledged is forgotten. */
import t from 'tap';

import { startDispatcher } from '../support/dispatcher-process.ts';
import {
  checkRecovery,
  makeLostHistory,
  makePast,
  marksOf,
  RECOVERY_TIMINGS,
  untilFrozen,
} from '../support/lost-history.ts';
import { createSystemDatabase } from '../support/system-database.ts';
import { SystemPostgres, waitUntilCaughtUp } from '../support/system-postgres.ts';
import { startTwoOrganisations } from '../support/two-organisations.ts';

void t.test('a failover that loses commits books nothing twice, and loses no claim', async (t) => {
  const primary = await SystemPostgres.create(t);
  await primary.start();
  const database = await createSystemDatabase(t, primary);
  const standby = await primary.baseBackup(t);
  await standby.start();
  const world = await startTwoOrganisations(t, RECOVERY_TIMINGS, database);

  const past = await makePast(t, world);
  await waitUntilCaughtUp(primary, standby);
  await standby.stop();
  const dispatchers = [await startDispatcher(t, world), await startDispatcher(t, world)];
  await makeLostHistory(world, past);
  const before = await primary.identity();
  await primary.kill();

  const marks = marksOf(past);
  await standby.start({ port: primary.address.port, settings: { primary_conninfo: '' } });
  await standby.promote();
  t.same(
    await standby.identity(),
    { system: before.system, timeline: before.timeline + 1 },
    'the same cluster goes on, on another timeline',
  );
  t.match(
    (await untilFrozen(world)).join(),
    /failed over/,
    'the dispatchers, which were never told, notice it',
  );
  await checkRecovery(t, world, past, marks);
  for (const { pid, log } of dispatchers) {
    t.notOk(
      log.some(({ event }) => event === 'dispatcher.stopped'),
      `dispatcher ${pid} has lived through it`,
    );
  }
});

t.end();
