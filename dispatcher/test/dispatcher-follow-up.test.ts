/** What Xledger tells after delivery, carried by real dispatchers. */
import t from 'tap';

import { startDispatcher } from './support/dispatcher-process.ts';
import { startTwoOrganisations, type TwoOrganisations } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

t.jobs = 2;

const PATIENCE = { timeoutMs: 60_000 };
/** The first comes after a quarter of this, the others not sooner than this. */
const OFTEN = { follow_up_ms: 1000 };

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

const attention = async ({ database }: TwoOrganisations): Promise<unknown[]> =>
  (await database.pool.query('select kind, run_id, reason from api.export_attention')).rows;

const asked = ({ xledger }: TwoOrganisations, operation: string): number =>
  xledger.requests.filter((request) => request.operation === operation).length;

void t.test('a fault after delivery is shown, and goes once it is booked', async (t) => {
  const world = await startTwoOrganisations(t, OFTEN);
  await startDispatcher(t, world);
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
  await startDispatcher(t, world);
  const isBooked = async () =>
    (await claimsOf(world, runId)).every((one) => one.booked_at !== null);
  await waitFor(isBooked, { ...PATIENCE, what: 'both to be booked' });
});

void t.test('one that is refused pauses nothing, and is told after the third', async (t) => {
  const world = await startTwoOrganisations(t, OFTEN);
  await startDispatcher(t, world);
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
  await startDispatcher(t, world);
  const runId = await world.request(world.blindeforbundet, [claim]);
  const faultOf = async () => (await claimsOf(world, runId))[0]?.fault;
  const fault = await waitFor(faultOf, { ...PATIENCE, what: 'the fault' });
  t.equal(fault, `${claim.reference}: [name], [text], token [masked]`);
});

void t.test('three dispatchers make no more follow-ups than one', async (t) => {
  const world = await startTwoOrganisations(t, OFTEN);
  for (const name of ['one', 'two', 'three']) {
    await startDispatcher(t, { environment: { ...world.environment, DISPATCHER_NAME: name } });
  }
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

t.end();
