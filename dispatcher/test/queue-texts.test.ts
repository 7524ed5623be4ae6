/** What a remote may say, and Postgres' JSON can't hold: it must not keep a result from being kept. */
import t from 'tap';

import { Queue, type Lease, type ResultRow } from '../queue.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';

const world = await startTwoOrganisations(t, { max_concurrency: 20 });
const { database, hlf } = world;
const queue = new Queue(database.url, { poolSize: 2, onError: () => undefined });
t.teardown(() => queue.close());

/** A run of one claim, started: how its result is recorded. */
async function startRun(): Promise<{
  readonly claimId: string;
  readonly runId: string;
  record(row: Partial<ResultRow>): Promise<string | null>;
}> {
  const claims = await world.putClaims(hlf, 1);
  const runId = await world.request(hlf, claims);
  const leases: Lease[] = await queue.leaseRuns('a-test', 20);
  const lease = leases.find((one) => one.runId === runId);
  if (lease === undefined) throw new Error('the run was not leased');
  const start = await queue.startAttempt(lease);
  if (!start.isStarted) throw new Error(start.state);
  const claimId = claims[0]?.id ?? '';
  return {
    claimId,
    runId,
    async record(row) {
      const recorded = await queue.recordResult({
        organisation_id: lease.organisationId,
        run_id: runId,
        lease_id: lease.leaseId,
        kind: 'attempt',
        attempt_no: start.attemptNo,
        actor: 'a-test',
        mapper_version: start.batch.input.mapper_version,
        keep_lease_ms: 0,
        rows: [
          {
            envelope_no: 1,
            outcome: 'rejected',
            claim_ids: [claimId],
            http_status: null,
            error_message: null,
            external_ids: {},
            ...row,
          },
        ],
      });
      return recorded.state;
    },
  };
}

const said: Readonly<Record<string, { readonly text: string; readonly kept: string }>> = {
  NUL: { text: 'line\u0000 7', kept: 'line 7' },
  'the first half of a pair': { text: 'line \ud83d 7', kept: 'line \ufffd 7' },
  'the second half of a pair': { text: 'line \ude00 7', kept: 'line \ufffd 7' },
  'half a pair where a text was cut': { text: 'line 7 \ud83d', kept: 'line 7 \ufffd' },
  'a whole pair': { text: 'line 😀 7', kept: 'line 😀 7' },
  'what looks like an escape': { text: 'line \\u0000 7', kept: 'line \\u0000 7' },
};
for (const [name, { text, kept }] of Object.entries(said)) {
  await t.test(`a result with ${name} in the remote's words is kept`, async (t) => {
    const run = await startRun();
    t.equal(await run.record({ error_message: text, http_status: 400 }), 'rejected');
    const [row] = await world.trail(run.runId);
    t.equal(row?.error_message?.replaceAll(/ +/g, ' '), kept, 'and readable');
  });

  await t.test(`a result with ${name} in the system's ids is kept`, async (t) => {
    const run = await startRun();
    const ids = { [run.claimId]: [text, 'V-1'] };
    t.equal(
      await run.record({ outcome: 'accepted', http_status: 200, external_ids: ids }),
      'exported',
    );
    const { rows } = await database.pool.query<{ ids: Record<string, string[]> }>(
      'select external_ids as ids from accounting.export_runs where run_id = $1',
      [run.runId],
    );
    const stored = rows[0]?.ids[run.claimId]?.map((id) => id.replaceAll(/ +/g, ' '));
    t.same(stored, [kept, 'V-1'], 'and its place in the list too');
  });
}

t.end();
