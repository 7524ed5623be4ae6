/** The database is there and refuses: locks, time-outs, deadlocks, a full disk, read-only. */
import pg from 'pg';
import t, { type Test } from 'tap';

import { checkBooks, requestClaims, type Runs } from './support/books.ts';
import { startDispatcher, type LogLine } from './support/dispatcher-process.ts';
import {
  startTwoOrganisations,
  story,
  type TwoOrganisations,
} from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

t.jobs = 2;

/** A lease that no test here sees the end of, and time enough for every attempt. */
const timings = { lease_ms: 60_000, send_timeout_ms: 30_000 };

async function connect(t: Test, world: TwoOrganisations): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: world.database.superuserUrl });
  client.on('error', () => undefined);
  await client.connect();
  t.teardown(() => client.end());
  return client;
}

/** Puts claims in and asks for them; returns once the lines are held up at Business Central. */
async function underWay(world: TwoOrganisations, runs: Runs): Promise<string> {
  const { hlf } = world;
  hlf.faults.add({ kind: 'delay', delay_ms: 700, path: '\\$batch$' });
  const runId = await requestClaims(world, runs, hlf, 2);
  await waitFor(() => hlf.requests.some(({ fault }) => fault === 'delay'), {
    what: 'the lines to be under way',
  });
  return runId;
}

const refusedWith = (code: string) => (line: LogLine) => line['code'] === code;

void t.test('an answer that can not be recorded is kept until it can', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const { pool } = world.database;
  await pool.query(`alter function accounting.record_results(jsonb) set lock_timeout = '200ms'`);
  const runs: Runs = new Map();
  const dispatcher = await startDispatcher(t, world);
  const holder = await connect(t, world);
  const runId = await underWay(world, runs);
  await holder.query('begin');
  await holder.query('select 1 from accounting.export_requests where run_id = $1 for update', [
    runId,
  ]);
  await dispatcher.logged('record.failed', refusedWith('55P03'));
  await pool.query('alter function accounting.record_results(jsonb) reset lock_timeout');
  await waitFor(
    async () =>
      (
        await pool.query(
          `select pg_cancel_backend(pid) from pg_stat_activity
            where datname = $1 and wait_event_type = 'Lock' and query like '%record_results%'`,
          [world.database.name],
        )
      ).rowCount,
    { what: 'a record that waits as long as it likes' },
  );
  await dispatcher.logged('record.failed', refusedWith('57014'));
  t.match(await world.run(runId), { state: 'sending' });
  await holder.query('rollback');
  await checkBooks(t, world, runs);
  t.same(story(await world.trail(runId)), ['attempt accepted'], 'nobody had to ask');
});

void t.test('an answer that meets a deadlock is recorded all the same', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const runs: Runs = new Map();
  const dispatcher = await startDispatcher(t, world);
  const other = await connect(t, world);
  // Whoever has waited for a second looks for the deadlock, and is its victim: the dispatcher.
  await other.query(`set deadlock_timeout = '1min'`);
  const runId = await underWay(world, runs);
  await other.query('begin');
  await other.query(
    `select 1 from accounting.claims where id in (
       select claim_id from accounting.claim_reservations where run_id = $1) for update`,
    [runId],
  );
  await waitFor(
    async () =>
      (
        await world.database.pool.query(
          `select 1 from pg_stat_activity
            where datname = $1 and wait_event_type = 'Lock' and query like '%record_results%'`,
          [world.database.name],
        )
      ).rowCount,
    { what: 'the record to wait for the claims' },
  );
  await other.query('select 1 from accounting.export_requests where run_id = $1 for update', [
    runId,
  ]);
  await other.query('commit');
  await dispatcher.logged('record.failed', refusedWith('40P01'));
  await checkBooks(t, world, runs);
  t.same(story(await world.trail(runId)), ['attempt accepted']);
});

void t.test('what meets another session again and again is tried ever more slowly', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const { pool } = world.database;
  const runs: Runs = new Map();
  const dispatcher = await startDispatcher(t, world);
  const runId = await underWay(world, runs);
  await pool.query(refuse('after insert on accounting.export_runs', '', '40001'));
  const failures = () => dispatcher.log.filter(({ event }) => event === 'record.failed');
  await waitFor(() => failures().length >= 5, { what: 'five refusals', timeoutMs: 30_000 });
  const times = failures().map(({ time }) => new Date(String(time)).getTime());
  const [first = 0, last = 0] = [times[0], times[4]];
  t.ok(last - first >= 50 + 100 + 200 + 400, `${last - first} ms for five`);
  t.match(failures()[0], { code: '40001' });
  await pool.query('drop trigger refuse on accounting.export_runs');
  await checkBooks(t, world, runs);
  t.same(story(await world.trail(runId)), ['attempt accepted']);
});

void t.test('where the commit of a start fails, nothing is sent', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const { pool } = world.database;
  const runs: Runs = new Map();
  // The disk is full at the commit, when the start's rows have been told already.
  const sending = `when (new.state = 'sending')`;
  const onCommit = 'after update on accounting.export_requests deferrable initially deferred';
  await pool.query(refuse(onCommit, sending, '53100'));
  const dispatcher = await startDispatcher(t, world);
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    const runId = await requestClaims(world, runs, organisation, 1);
    const dropped = await dispatcher.logged('run.dropped', (line) => line['run_id'] === runId);
    t.equal(dropped['code'], '53100');
    t.equal(organisation.requests.length, 0, 'nobody outside has heard of it');
  }
  await pool.query('drop trigger refuse on accounting.export_requests');
  await checkBooks(t, world, runs);
  for (const runId of runs.keys()) {
    t.match(await world.run(runId), { attempt_no: 1 }, 'no attempt was counted for it');
  }
});

void t.test('where the database is read-only, nothing is sent', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const { pool, name, url } = world.database;
  const runs: Runs = new Map();
  const role = new URL(url).username;
  const dispatcher = await startDispatcher(t, world);
  const newSessions = () =>
    pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = $2`,
      [name, role],
    );
  await pool.query(`alter role ${role} set default_transaction_read_only = on`);
  await newSessions();
  await requestClaims(world, runs, world.hlf, 1);
  await dispatcher.logged('poll.failed', refusedWith('25006'));
  t.equal(world.hlf.requests.length, 0, 'nobody outside has heard of it');
  await pool.query(`alter role ${role} reset default_transaction_read_only`);
  await newSessions();
  await checkBooks(t, world, runs);
});

void t.test('a run whose row somebody holds keeps no other from being carried', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const runs: Runs = new Map();
  const holder = await connect(t, world);
  const held = await requestClaims(world, runs, world.hlf, 1);
  await holder.query('begin');
  await holder.query('select 1 from accounting.export_requests where run_id = $1 for update', [
    held,
  ]);
  await startDispatcher(t, world);
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    const runId = await requestClaims(world, runs, organisation, 1);
    await world.runIs(runId, ['exported']);
  }
  t.match(await world.run(held), { state: 'queued', lease_id: null });
  await holder.query('rollback');
  await checkBooks(t, world, runs);
});

void t.test('while a migration holds the tables it waits, and goes on after', async (t) => {
  const world = await startTwoOrganisations(t, timings);
  const { pool } = world.database;
  for (const call of ['lease_runs(text, integer)', 'record_results(jsonb)', 'sweep(integer)']) {
    await pool.query(`alter function accounting.${call} set lock_timeout = '200ms'`);
  }
  const runs: Runs = new Map();
  const dispatcher = await startDispatcher(t, world);
  const runId = await underWay(world, runs);
  const migration = await connect(t, world);
  await migration.query('begin');
  await migration.query('alter table accounting.export_requests add column added_later integer');
  await dispatcher.logged('record.failed', refusedWith('55P03'));
  await dispatcher.logged('poll.failed', refusedWith('55P03'));
  await migration.query('commit');
  await requestClaims(world, runs, world.blindeforbundet, 2);
  await checkBooks(t, world, runs);
  t.same(story(await world.trail(runId)), ['attempt accepted']);
});

/** A trigger that refuses. What is deferrable is checked at the commit. */
function refuse(event: string, when: string, code: string): string {
  return `
    create function public.refuse() returns trigger language plpgsql as $$
      begin raise exception using errcode = '${code}', message = 'refused by a test'; end $$;
    create constraint trigger refuse ${event} for each row ${when}
      execute function public.refuse();`;
}

t.end();
