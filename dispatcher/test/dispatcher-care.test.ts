/** What a dispatcher does when it can't go on: it does not hurry, keep, or tell too much. */
import t from 'tap';

import { AccountingIntegrationClient } from '../accounting-integration-client.ts';
import type { Adapter, AttemptResult } from '../adapters/adapter.ts';
import { createAdapters } from '../adapters/index.ts';
import { Queue, type Lease } from '../queue.ts';
import { DEFAULT_CLIENT } from '../adapters/business-central/sandbox/options.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

const world = await startTwoOrganisations(t, { max_concurrency: 20 });
const { hlf, blindeforbundet, database } = world;
const { pool } = database;

const ofDispatchers = (right: 'grant' | 'revoke', name: string) =>
  pool.query(
    `${right} execute on function accounting.${name}
       ${right === 'grant' ? 'to' : 'from'} export_dispatcher`,
  );

const queue = new Queue(database.url, { poolSize: 2, onError: () => undefined });
t.teardown(() => queue.close());

/** Carries a lease in this process; the events that it logged. */
async function carry(lease: Lease, businessCentral?: Adapter): Promise<string[]> {
  const events: string[] = [];
  const adapters = createAdapters();
  const client = new AccountingIntegrationClient({
    queue,
    adapters: { ...adapters, business_central: businessCentral ?? adapters.business_central },
    credentialFor: () => DEFAULT_CLIENT,
    config: { name: 'a-test', allowPrivateEndpoints: true, maxBodyBytes: 10_000 },
    log: (_level, event) => void events.push(event),
  });
  const { signal } = new AbortController();
  await client.carry(lease, { stopping: signal, cutting: signal });
  return events;
}

async function leaseOf(runId: string): Promise<Lease> {
  const lease = (await queue.leaseRuns('a-test', 20)).find((one) => one.runId === runId);
  if (lease === undefined) throw new Error('the run was not leased');
  return lease;
}

const set = (runId: string, change: string) =>
  pool.query(`update accounting.export_requests set ${change} where run_id = $1`, [runId]);

await t.test('a lease that came too early is handed back at once', async (t) => {
  const runId = await world.request(hlf, await world.putClaims(hlf, 1));
  const lease = await leaseOf(runId);
  await set(runId, "next_attempt_at = next_attempt_at + interval '1 hour'");
  t.same(await carry(lease), ['lease.returned']);
  t.match(await world.run(runId), { state: 'queued', lease_id: null, attempt_no: 0 });
  const { rows } = await pool.query<{ is_later: boolean }>(
    `select next_attempt_at > now() + interval '50 minutes' as is_later
       from accounting.export_requests where run_id = $1`,
    [runId],
  );
  t.same(rows, [{ is_later: true }], 'and is due when it was to be');
});

await t.test('while another dispatcher sends the run, nothing more is written', async (t) => {
  const [one, two] = await world.putClaims(hlf, 2);
  if (one === undefined || two === undefined) throw new Error('there are no claims');
  const runId = await world.request(hlf, [one, two]);
  const result: AttemptResult = {
    envelopeNo: 1,
    outcome: 'not_applied',
    claimIds: [one.id],
    httpStatus: null,
    errorMessage: null,
    externalIds: {},
    wireSha256: null,
    failure: null,
    retryAfterMs: null,
  };

  /** The lease is swept, the run asked about, and another dispatcher begins to send it. */
  async function takeOver(): Promise<void> {
    await set(runId, 'lease_expires_at = clock_timestamp()');
    await queue.sweep();
    await set(runId, 'next_attempt_at = clock_timestamp()');
    const asking = await leaseOf(runId);
    await queue.startQuestion(asking);
    await queue.recordResult({
      organisation_id: hlf.id,
      run_id: runId,
      lease_id: asking.leaseId,
      kind: 'reconciliation',
      attempt_no: 1,
      actor: 'another',
      mapper_version: 'business_central/1',
      keep_lease_ms: 0,
      rows: [
        {
          envelope_no: 1,
          outcome: 'absent',
          claim_ids: [one?.id ?? '', two?.id ?? ''],
          http_status: 200,
          error_message: null,
          external_ids: {},
          collides: true,
        },
      ],
    });
    await set(runId, 'next_attempt_at = clock_timestamp()');
    t.match(await queue.startAttempt(await leaseOf(runId)), { isStarted: true, attemptNo: 2 });
  }

  const seen: string[] = [];
  await carry(await leaseOf(runId), {
    ...createAdapters().business_central,
    async submit(batch, { http }, report) {
      await takeOver();
      await report([result]);
      const sent = await http.request({
        method: 'POST',
        url: batch.endpoint,
        body: '{}',
        carriesLines: true,
      });
      seen.push(sent.kind);
      await report([{ ...result, envelopeNo: 2, claimIds: [two.id] }]);
    },
  });
  t.same(seen, ['lease_lost'], 'whatever the clocks here say of its lease');
  t.match(await world.run(runId), { state: 'sending', attempt_no: 2 }, 'the other one goes on');
  await set(runId, 'lease_expires_at = clock_timestamp()');
  await queue.sweep();
});

await t.test('a run that can not be started is not leased in a hot loop', async (t) => {
  await ofDispatchers('revoke', 'start_attempt(uuid, uuid, uuid)');
  const dispatcher = await startDispatcher(t, world);
  const drops = (runId: string) =>
    dispatcher.log.filter((line) => line.event === 'run.dropped' && line['run_id'] === runId);
  const started = performance.now();
  const runIds: string[] = [];
  // Each request wakes the dispatcher anew; seen from the first run, so does each drop.
  for (let i = 0; i < 5; i += 1) {
    const runId = await world.request(blindeforbundet, await world.putClaims(blindeforbundet, 1));
    runIds.push(runId);
    await dispatcher.logged('lease.returned', (line) => line['run_id'] === runId);
  }
  await waitFor(() => performance.now() - started > 2_000, { what: 'two seconds to be watched' });
  const most = 1 + Math.floor((performance.now() - started) / 5_000);
  for (const runId of runIds) {
    const seen = drops(runId).length;
    t.ok(seen >= 1 && seen <= most, `dropped ${seen} times in this time, at most ${most}`);
  }
  t.match(drops(runIds[0] ?? '')[0], { code: '42501' }, 'with the reason that the database gave');

  await ofDispatchers('grant', 'start_attempt(uuid, uuid, uuid)');
  for (const runId of runIds) await world.runIs(runId, ['exported']);
  dispatcher.kill('SIGTERM');
  await dispatcher.ended;
});

await t.test('a sweep that fails keeps no run from being carried', async (t) => {
  await ofDispatchers('revoke', 'sweep(integer)');
  const dispatcher = await startDispatcher(t, world);
  const runId = await world.request(hlf, await world.putClaims(hlf, 1));
  await world.runIs(runId, ['exported']);
  t.match(await dispatcher.logged('sweep.failed'), { level: 'error', code: '42501' });
  await ofDispatchers('grant', 'sweep(integer)');
  dispatcher.kill('SIGTERM');
  await dispatcher.ended;
});

await t.test('what a remote says is in the trail, and in no line of the log', async (t) => {
  const dispatcher = await startDispatcher(t, world);
  const message = 'Ola Vanskelig <ola.vanskelig@example.org> is barred, says rule 4711';
  const bodies = {
    business_central: { error: { code: 'Application_DialogException', message } },
    xledger: { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] },
  };
  for (const organisation of [hlf, blindeforbundet]) {
    const { system } = organisation;
    organisation.faults.clear();
    organisation.faults.add({
      kind: 'status',
      status: 400,
      body: bodies[system],
      ...(system === 'xledger' ? { operation: '^addGLImportItems$' } : { path: '\\$batch$' }),
    });
    const runId = await world.request(organisation, await world.putClaims(organisation, 1));
    await world.runIs(runId, ['rejected']);
    const [row] = await world.trail(runId);
    t.match(row, { outcome: 'rejected', error_message: /is barred, says rule 4711/ }, system);
    t.notMatch(row?.error_message, /ola\.vanskelig@/, 'without what is known to be personal');
    await dispatcher.logged('attempt.recorded', (line) => line['run_id'] === runId);
  }
  dispatcher.kill('SIGTERM');
  await dispatcher.ended;
  t.notMatch(dispatcher.output(), /vanskelig|barred|4711/i);
});

t.end();
