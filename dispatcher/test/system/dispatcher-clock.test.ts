/** A dispatcher whose clock is wrong works as any other: what is due, only the database says. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import t from 'tap';

import type { FaultInput } from '../../../sandbox/faults.ts';
import { checkBooks, requestClaims, type Runs } from '../support/books.ts';
import { startDispatcher } from '../support/dispatcher-process.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createSystemDatabase } from '../support/system-database.ts';
import { SystemPostgres } from '../support/system-postgres.ts';
import { startTwoOrganisations, story, type Organisation } from '../support/two-organisations.ts';
import { waitFor } from '../support/wait-for.ts';

const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'accounting-clock-'));
t.teardown(() => fs.rm(directory, { recursive: true }));
const clock = await createFakeClock(directory);
const server = await SystemPostgres.create(t);
await server.start();
const world = await startTwoOrganisations(t, {}, await createSystemDatabase(t, server));
const organisations = [world.hlf, world.blindeforbundet];
const environment = { ...world.environment, ...clock.environment };

/** Which request carries lines, as faults name it. */
const onLines = {
  business_central: { path: '\\$batch$' },
  xledger: { operation: '^addGLImportItems$' },
} as const;

/** How far what is in the books for good is from now, in seconds. */
async function furthestFromNow(): Promise<number> {
  const { rows } = await world.database.pool.query<{ seconds: number }>(
    `select max(abs(extract(epoch from (e.at - clock_timestamp()))))::float as seconds
       from (
         select exported_at as at from accounting.export_requests
         union all select lease_expires_at from accounting.export_requests
         union all select quarantine_until from accounting.export_requests
         union all select started_at from accounting.export_runs
         union all select recorded_at from accounting.export_runs
       ) as e`,
  );
  return rows[0]?.seconds ?? Infinity;
}

for (const offset of ['+1d', '-1d']) {
  await t.test(`a dispatcher ${offset} from the true time makes no difference`, async (t) => {
    await clock.step(offset);
    const dispatcher = await startDispatcher(t, { environment });
    const loggedAt = Date.parse(String(dispatcher.log[0]?.['time']));
    t.ok(Math.abs(loggedAt - Date.now()) > 23 * 3_600_000, 'its clock is wrong, as its log tells');
    const runs: Runs = new Map();
    const storyAfter = async (
      organisation: Organisation,
      fault: FaultInput | null,
    ): Promise<string[]> => {
      if (fault !== null) organisation.faults.add({ ...onLines[organisation.system], ...fault });
      const runId = await requestClaims(world, runs, organisation, 2);
      await world.runIs(runId, ['exported']);
      return story(await world.trail(runId));
    };
    for (const organisation of organisations) {
      t.same(await storyAfter(organisation, null), ['attempt accepted']);
      t.same(
        await storyAfter(organisation, { kind: 'status', status: 429, retry_after: '1' }),
        ['attempt not_applied', 'attempt accepted'],
        'told to wait, it waits',
      );
      t.same(
        await storyAfter(organisation, {
          kind: 'status',
          status: 429,
          retry_after: new Date(Date.now() + 2000).toUTCString(),
        }),
        ['attempt not_applied', 'attempt accepted'],
        'a date is counted from the date of the answer that names it',
      );
      t.same(
        await storyAfter(organisation, { kind: 'drop_after' }),
        ['attempt unknown', 'reconciliation found'],
        'in doubt, it asks',
      );
    }
    await checkBooks(t, world, runs);
    t.ok((await furthestFromNow()) < 3600, 'nothing that is kept has its time');
    t.same(
      dispatcher.log.filter(({ level }) => level === 'error'),
      [],
    );
    dispatcher.kill('SIGTERM');
    await dispatcher.ended;
  });

  await t.test(`stepped ${offset} while lines are under way, it doubles nothing`, async (t) => {
    await clock.step('+0');
    const dispatcher = await startDispatcher(t, { environment });
    const runs: Runs = new Map();
    for (const organisation of organisations) {
      const seen = organisation.requests.length;
      organisation.faults.add({
        ...onLines[organisation.system],
        kind: 'delay',
        delay_ms: 400,
      });
      await requestClaims(world, runs, organisation, 2);
      await waitFor(
        () => organisation.requests.slice(seen).some(({ fault }) => fault === 'delay'),
        {
          what: 'the lines to be under way',
        },
      );
    }
    await clock.step(offset);
    await checkBooks(t, world, runs);
    for (const organisation of organisations) await requestClaims(world, runs, organisation, 1);
    await checkBooks(t, world, runs);
    t.ok((await furthestFromNow()) < 3600, 'nothing that is kept has its time');
    dispatcher.kill('SIGTERM');
    await dispatcher.ended;
  });
}

t.end();
