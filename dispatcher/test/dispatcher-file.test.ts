/**
 * Files by the real dispatcher: killed between any two of its steps, and with an organisation that
 * changes over from its accounting system to files and back.
 */
import t, { type Test } from 'tap';

import type { FrozenInput } from '../adapters/adapter.ts';
import { produceFile } from '../adapters/file/produce.ts';
import type { CrashPoint } from './support/crash-at.ts';
import { spawnDispatcher, startDispatcher } from './support/dispatcher-process.ts';
import {
  startTwoOrganisations,
  story,
  type Organisation,
  type TwoOrganisations,
} from './support/two-organisations.ts';

t.jobs = 2;
t.setTimeout(600_000); // Many processes, on a machine that may be busy.

const patience = { timeoutMs: 60_000 };

const asFile = {
  system: 'file',
  endpoint: undefined,
  credential_ref: undefined,
  settings: { format: 'csv', liability_account: '2910' },
};

/** A dispatcher that dies there. */
async function die(t: Test, world: TwoOrganisations, point: CrashPoint): Promise<void> {
  const dispatcher = spawnDispatcher(t, {
    environment: { ...world.environment, DISPATCHER_NAME: 'killed', CRASH_AT: point },
    preload: ['crash-at.ts'],
  });
  t.same(await dispatcher.ended, { code: null, signal: 'SIGKILL' }, point);
}

const lapse = (world: TwoOrganisations): Promise<unknown> =>
  world.database.pool.query(
    'update accounting.export_requests set lease_expires_at = clock_timestamp() where lease_id is not null',
  );

interface File {
  readonly batch_key: string;
  readonly frozen_input: FrozenInput;
  readonly name: string;
  readonly content: string;
}

async function filesOf(world: TwoOrganisations, runId: string): Promise<File[]> {
  const { rows } = await world.database.pool.query<File>(
    `select e.batch_key, e.frozen_input, f.name, convert_from(f.content, 'UTF8') as content
       from accounting.export_files as f
       join accounting.export_requests as e using (organisation_id, run_id)
      where run_id = $1`,
    [runId],
  );
  return rows;
}

void t.test('killed anywhere, it leaves the file with its result or none', async (t) => {
  t.setTimeout(600_000);
  const world = await startTwoOrganisations(t, {
    lease_ms: 600_000,
    send_timeout_ms: 30_000,
    max_concurrency: 50,
  });
  const { blindeforbundet } = world;
  await world.apply(blindeforbundet, asFile);

  const sentOnce = ['attempt accepted'];
  const sentAgain = ['attempt unknown', 'reconciliation absent', 'attempt accepted'];
  const crashes: readonly [readonly CrashPoint[], string, 0 | 1, readonly string[]][] = [
    [['after lease_runs'], 'queued', 0, sentOnce],
    [['before start_attempt'], 'queued', 0, sentOnce],
    [['after start_attempt'], 'sending', 0, sentAgain],
    [['before record_results'], 'sending', 0, sentAgain],
    [['after record_results'], 'produced', 1, sentOnce],
    [['before record_results', 'after start_question'], 'reconciling', 0, sentAgain],
    [['after start_attempt', 'before record_results'], 'reconciling', 0, sentAgain],
  ];
  const runs: [string, readonly string[]][] = [];
  for (const [points, state, count, then] of crashes) {
    const runId = await world.request(blindeforbundet, await world.putClaims(blindeforbundet, 2));
    for (const [index, point] of points.entries()) {
      if (index > 0) {
        await lapse(world);
        await world.database.pool.query('select accounting.sweep()');
        // The others stay with the dead: only this one is to be carried.
        await world.database.pool.query(
          `update accounting.export_requests set next_attempt_at = clock_timestamp() + interval '1 day'
            where run_id <> $1 and next_attempt_at is not null`,
          [runId],
        );
      }
      await die(t, world, point);
    }
    t.equal((await world.run(runId)).state, state, `killed ${points.join(', ')}`);
    t.equal((await filesOf(world, runId)).length, count, 'a file is there with its result alone');
    runs.push([runId, then]);
  }

  await lapse(world);
  await world.database.pool.query(
    `update accounting.export_requests set next_attempt_at = clock_timestamp()
      where next_attempt_at is not null`,
  );
  await startDispatcher(t, { environment: { ...world.environment, DISPATCHER_NAME: 'survivor' } });
  for (const [runId, then] of runs) {
    await world.runIs(runId, ['produced'], patience);
    t.same(story(await world.trail(runId)), then, 'the trail tells each attempt');
    const files = await filesOf(world, runId);
    t.equal(files.length, 1, 'there is one file');
    for (const { batch_key: key, frozen_input: input, name, content } of files) {
      const ids = input.claims.map(({ claim_id: id }) => id);
      t.match(produceFile(input, key, ids).file, { name, content }, 'as the frozen input gives it');
    }
  }
  t.equal(world.xledger.requests.length, 0, 'and nobody was called');
});

/** A coordinator's act, past PostgREST; the answer's second column. */
async function act(
  world: TwoOrganisations,
  organisation: Organisation,
  sql: string,
  values: readonly unknown[],
): Promise<unknown> {
  const client = await world.database.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify({
        role: 'authenticated',
        organisation_id: organisation.id,
        app_role: 'coordinator',
        sub: 'kari',
      }),
    ]);
    const { rows } = await client.query<Record<string, unknown>>(sql, [...values]);
    await client.query('commit');
    return Object.values(rows[0] ?? {})[1];
  } finally {
    client.release();
  }
}

void t.test('changing over to files and back loses nothing and doubles nothing', async (t) => {
  t.setTimeout(600_000);
  const world = await startTwoOrganisations(t);
  const { blindeforbundet, database } = world;
  const verdicts = async (runId: string): Promise<string[]> => {
    const { rows } = await database.pool.query<{ verdict: string }>(
      `select r.verdict
         from accounting.export_requests as e
         cross join unnest(e.claim_ids) with ordinality as c (id, place)
         join accounting.claim_reservations as r on r.run_id = e.run_id and r.claim_id = c.id
        where e.run_id = $1 order by c.place`,
      [runId],
    );
    return rows.map(({ verdict }) => verdict);
  };
  const request = (...claims: Awaited<ReturnType<TwoOrganisations['putClaims']>>) =>
    world.request(blindeforbundet, claims);
  const put = async () => {
    const [claim] = await world.putClaims(blindeforbundet, 1);
    if (claim === undefined) throw new Error('there is no claim');
    return claim;
  };

  // Given one run that reached Xledger and one that did not; both dispatchers died of it.
  const [reached, lost, fresh] = [await put(), await put(), await put()];
  const reachedRun = await request(reached);
  await die(t, world, 'lines written');
  const lostRun = await request(lost);
  await database.pool.query(
    `update accounting.export_requests set lease_expires_at = clock_timestamp() + interval '1 hour'
      where run_id = $1`,
    [reachedRun],
  );
  await die(t, world, 'lines begun');
  t.match(await world.run(lostRun), { state: 'sending' });

  // When the organisation changes over, and asks for all of them again.
  await world.apply(blindeforbundet, asFile);
  const fileRun = await request(reached, lost, fresh);
  t.same(
    await verdicts(fileRun),
    ['in_flight', 'in_flight', 'exportable'],
    'what is in doubt stays',
  );
  await lapse(world);
  await startDispatcher(t, { environment: world.environment });
  await world.runIs(fileRun, ['produced'], patience);

  // Then Xledger is asked, though it is disabled, and sent nothing more.
  await world.runIs(reachedRun, ['exported'], patience);
  await world.runIs(lostRun, ['retry_wait'], patience);
  const answer = await act(world, blindeforbundet, 'select * from api.cancel_export($1)', [
    lostRun,
  ]);
  t.equal(answer, 'cancelled', 'what is proved absent may be taken back');
  t.equal(await request(reached, lost, fresh), fileRun, 'the same set meets the run that waits');
  const again = await request(lost, fresh, reached, await put());
  t.same(
    await verdicts(again),
    ['exportable', 'already_exported', 'already_exported', 'exportable'],
    'a claim in a file is in no other',
  );
  await world.runIs(again, ['produced'], patience);

  // And back: a claim in a file can't go to Xledger, until it is voided.
  await world.apply(blindeforbundet, {});
  const refused = await request(lost, fresh);
  t.same(await verdicts(refused), ['already_exported', 'already_exported']);
  t.match(await world.run(refused), { state: 'skipped' });
  const imported = 'select * from api.confirm_import($1, $2)';
  t.equal(await act(world, blindeforbundet, imported, [again, 'voucher 7']), 'exported');
  const voided = 'select * from api.void_export($1, $2, $3)';
  t.equal(await act(world, blindeforbundet, voided, [fileRun, [fresh.id], 'not imported']), 1);
  t.match(await world.run(fileRun), { state: 'cancelled' });
  await world.runIs(await request(fresh), ['exported'], patience);

  t.same(
    [reached, lost, fresh].map(({ reference }) => blindeforbundet.effects(reference)),
    [1, 0, 1],
    'each is in Xledger or in the imported file, once',
  );
});
