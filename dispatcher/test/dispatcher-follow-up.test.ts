/** What Xledger tells after delivery, carried by real dispatchers, most of them in this process. */
import t from 'tap';

import { AccountingIntegrationClient } from '../accounting-integration-client.ts';
import { createAdapters } from '../adapters/index.ts';
import { readCredential } from '../credentials.ts';
import { Dispatcher } from '../dispatcher.ts';
import { Queue } from '../queue.ts';
import type { Teardown } from './support/database.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { startTwoOrganisations, type TwoOrganisations } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

const PATIENCE = { timeoutMs: 60_000 };
/** The first comes after a quarter of this, the others not sooner than this. */
const OFTEN = { follow_up_ms: 1000 };

/** A dispatcher of this process; ends with `t`. */
function dispatchHere(t: Teardown, { environment }: TwoOrganisations, name = 'here'): void {
  const queue = new Queue(environment['DATABASE_URL'] ?? '', {
    poolSize: 4,
    onError: () => undefined,
  });
  const config = {
    name,
    concurrency: 4,
    pollIntervalMs: 100,
    shutdownTimeoutMs: 5000,
    databaseGiveUpMs: 60_000,
    allowPrivateEndpoints: true,
    maxBodyBytes: 1_000_000,
  };
  const log = () => undefined;
  const client = new AccountingIntegrationClient({
    queue,
    adapters: createAdapters(),
    credentialFor: (ref) => readCredential(ref, environment),
    config,
    log,
  });
  const stopping = new AbortController();
  const running = new Dispatcher({ queue, client, config, log }).run(stopping.signal);
  t.teardown(async () => {
    stopping.abort();
    await running;
    await queue.close();
  });
}

interface Followed {
  readonly reference: string;
  readonly booked_at: string | null;
  readonly fault: string | null;
}

async function claimsOf({ database }: TwoOrganisations, runId: string): Promise<Followed[]> {
  const { rows } = await database.pool.query<Followed>(
    `select reference, booked_at, fault from api.export_claims where run_id = $1 order by reference`,
    [runId],
  );
  return rows;
}

async function exportTwo(world: TwoOrganisations): Promise<string> {
  const claims = await world.putClaims(world.blindeforbundet, 2);
  const runId = await world.request(world.blindeforbundet, claims);
  await world.runIs(runId, ['exported'], PATIENCE);
  return runId;
}

const attention = async ({ database }: TwoOrganisations): Promise<object[]> =>
  (await database.pool.query<object>('select kind, run_id, reason from api.export_attention')).rows;

const asked = ({ xledger }: TwoOrganisations, operation: string): number =>
  xledger.requests.filter((request) => request.operation === operation).length;

void t.test('a fault after delivery is shown, and goes once it is booked', async (t) => {
  const world = await startTwoOrganisations(t, OFTEN);
  dispatchHere(t, world);
  const runId = await exportTwo(world);
  const before = await world.trail(runId);
  world.xledger.reject();
  await waitFor(async () => (await attention(world)).length === 2, {
    ...PATIENCE,
    what: 'both claims to be shown',
  });
  t.match(await attention(world), [
    { kind: 'faulted', run_id: runId, reason: /^Voucher \d+: the period is closed\.$/ },
    { kind: 'faulted', run_id: runId, reason: /the period is closed/ },
  ]);
  t.match(await world.run(runId), { state: 'exported' });
  world.xledger.book();
  const isBooked = async () =>
    (await claimsOf(world, runId)).every((one) => one.booked_at !== null);
  await waitFor(isBooked, { ...PATIENCE, what: 'both to be booked' });
  t.same(await attention(world), []);
  t.same(
    (await claimsOf(world, runId)).map(({ fault }) => fault),
    [null, null],
  );
  t.same(await world.trail(runId), before, 'nothing of it is in the trail');
});

void t.test('one that is refused pauses nothing, and is told after the third', async (t) => {
  const world = await startTwoOrganisations(t, OFTEN);
  dispatchHere(t, world);
  const operation = '^glImportItemErrors$';
  world.xledger.faults.add({ kind: 'status', status: 403, operation, times: 100 });
  await exportTwo(world);
  await waitFor(async () => (await attention(world)).length > 0, {
    ...PATIENCE,
    what: 'it to be told',
  });
  t.match(await attention(world), [
    { kind: 'faulted', run_id: null, reason: /^xledger doesn't tell what it booked .*HTTP 403/ },
  ]);
  await exportTwo(world);
});

void t.test('what a fault says of persons and secrets is masked', async (t) => {
  const world = await startTwoOrganisations(t, OFTEN);
  const [claim] = await world.putClaims(world.blindeforbundet, 1, { text: 'to see the doctor' });
  if (claim === undefined) throw new Error('no claim');
  const message = `${claim.reference}: Kari Eksempel, to see the doctor, token sandbox-token`;
  const node = { dbId: 1, createdAt: null, message, transactionDbId: null };
  const pageInfo = { hasPreviousPage: false };
  const body = { data: { glImportItemErrors: { pageInfo, edges: [{ cursor: '1', node }] } } };
  const operation = '^glImportItemErrors$';
  world.xledger.faults.add({ kind: 'status', status: 200, body, operation, times: 100 });
  dispatchHere(t, world);
  const runId = await world.request(world.blindeforbundet, [claim]);
  const faultOf = async () => (await claimsOf(world, runId))[0]?.fault;
  const fault = await waitFor(faultOf, { ...PATIENCE, what: 'the fault' });
  t.equal(fault, `${claim.reference}: [name], [text], token [masked]`);
});

void t.test('three dispatchers make no more follow-ups than one', async (t) => {
  const world = await startTwoOrganisations(t, OFTEN);
  for (const name of ['one', 'two', 'three']) dispatchHere(t, world, name);
  await exportTwo(world);
  const startedAt = Date.now();
  const count = () => asked(world, 'glImportItemErrors');
  await waitFor(() => count() >= 4, { ...PATIENCE, what: 'four follow-ups' });
  t.ok(Date.now() - startedAt >= 3000, 'a second lies between any two');
  const { rows } = await world.database.pool.query<{ failure_count: number }>(
    'select failure_count from accounting.follow_ups',
  );
  t.same(rows, [{ failure_count: 0 }]);
});

void t.test('a follow-up whose dispatcher is killed is made by another', async (t) => {
  const world = await startTwoOrganisations(t, OFTEN);
  const first = await startDispatcher(t, world);
  world.xledger.faults.add({
    kind: 'delay',
    delay_ms: 120_000,
    operation: '^journalEntries$',
    skip: 1,
  });
  const runId = await exportTwo(world);
  world.xledger.book();
  await waitFor(() => asked(world, 'journalEntries') === 2, {
    ...PATIENCE,
    what: 'a follow-up to begin',
  });
  first.kill('SIGKILL');
  await first.ended;
  dispatchHere(t, world);
  const isBooked = async () =>
    (await claimsOf(world, runId)).every((one) => one.booked_at !== null);
  await waitFor(isBooked, { ...PATIENCE, what: 'both to be booked' });
});

t.end();
