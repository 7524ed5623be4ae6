/**
 * The whole path, as the app uses it: claims and requests through PostgREST, a real dispatcher, both
 * accounting systems, and the status through PostgREST again. Acceptance 1 to 3, the retrying, is in
 * with-retry.test.ts and with-retry-under-deno.test.ts.
 */
import { PostgrestClient } from '@supabase/postgrest-js';
import t from 'tap';

import { getExportStatus } from '../get-export-status.ts';
import { runUnderDeno } from './support/deno.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { createTestApi } from './support/postgrest.ts';
import {
  newClaims,
  startTwoOrganisations,
  type ClaimInput,
  type Organisation,
} from './support/two-organisations.ts';

const world = await startTwoOrganisations(t);
const { hlf, blindeforbundet, database } = world;
const api = await createTestApi(t, database);
await startDispatcher(t, world);
const bySystem = { 'Business Central': hlf, Xledger: blindeforbundet };

const tokenOf = ({ id }: Organisation, appRole = 'app') =>
  api.token({ role: 'authenticated', organisationId: id, appRole, subject: 'the-app' });

/** New claims, put in and asked for over HTTP, as the app does. */
async function putClaims(organisation: Organisation, count: number): Promise<ClaimInput[]> {
  const claims = newClaims(organisation.prefix, count);
  const token = await tokenOf(organisation);
  const answer = await api.post('/rpc/put_claims', { p_claims: claims }, { token });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return claims;
}

async function request(
  organisation: Organisation,
  claims: readonly ClaimInput[],
): Promise<{ run_id: string; state: string }> {
  const answer = await api.post(
    '/export_requests',
    { claim_ids: claims.map(({ id }) => id) },
    { token: await tokenOf(organisation), headers: { prefer: 'return=representation' } },
  );
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const [row] = answer.body as { run_id: string; state: string }[];
  if (row === undefined) throw new Error('no run came back');
  return row;
}

async function verdicts(
  organisation: Organisation,
  claims: readonly ClaimInput[],
): Promise<{ claim_id: string; verdict: string; run_id: string | null }[]> {
  const body = { p_claim_ids: claims.map(({ id }) => id) };
  const answer = await api.post('/rpc/check_export', body, { token: await tokenOf(organisation) });
  return answer.body as { claim_id: string; verdict: string; run_id: string | null }[];
}

const sorted = (claims: readonly ClaimInput[]) => claims.map(({ id }) => id).sort();

for (const [name, organisation] of Object.entries(bySystem)) {
  await t.test(
    `acceptance 4: a successful export leaves an export_runs row with http_status 200 and all claim ids (${name})`,
    async (t) => {
      const claims = await putClaims(organisation, 3);
      const { run_id: runId, state } = await request(organisation, claims);
      t.equal(state, 'queued');
      await world.runIs(runId, ['exported']);

      const path = `/export_runs?run_id=eq.${runId}`;
      const answer = await api.get(path, { token: await tokenOf(organisation, 'auditor') });
      const rows = answer.body as Record<string, unknown>[];
      t.match(rows, [
        {
          organisation_id: organisation.id,
          kind: 'attempt',
          outcome: 'accepted',
          http_status: 200,
          error_message: null,
        },
      ]);
      t.same([...(rows[0]?.['claim_ids'] as string[])].sort(), sorted(claims));
      t.same(
        claims.map(({ reference }) => organisation.effects(reference)),
        [1, 1, 1],
        'and each claim is in the books once',
      );
    },
  );

  await t.test(
    `acceptance 5: the guard answers already_exported for claims of an earlier successful run (${name})`,
    async (t) => {
      const claims = await putClaims(organisation, 2);
      const first = await request(organisation, claims);
      await world.runIs(first.run_id, ['exported']);

      const answers = await verdicts(organisation, claims);
      t.same(
        answers.map(({ verdict, run_id }) => [verdict, run_id]),
        [
          ['already_exported', first.run_id],
          ['already_exported', first.run_id],
        ],
        'check_export names the run',
      );
      const second = await request(organisation, claims);
      t.not(second.run_id, first.run_id);
      t.equal(second.state, 'skipped', 'asked for all the same, nothing is exported');
      const token = await tokenOf(organisation);
      const told = await api.get(`/export_claims?run_id=eq.${second.run_id}&select=verdict`, {
        token,
      });
      t.same(told.body, [{ verdict: 'already_exported' }, { verdict: 'already_exported' }]);
      t.same(
        claims.map(({ reference }) => organisation.effects(reference)),
        [1, 1],
      );
    },
  );

  await t.test(
    `acceptance 6: the guard does not block claims that were in no run (${name})`,
    async (t) => {
      const exported = await putClaims(organisation, 1);
      await world.runIs((await request(organisation, exported)).run_id, ['exported']);
      const fresh = await putClaims(organisation, 2);
      const answers = await verdicts(organisation, [...fresh, ...exported]);
      t.same(Object.fromEntries(answers.map(({ claim_id, verdict }) => [claim_id, verdict])), {
        ...Object.fromEntries(fresh.map(({ id }) => [id, 'exportable'])),
        ...Object.fromEntries(exported.map(({ id }) => [id, 'already_exported'])),
      });
      const { run_id: runId } = await request(organisation, [...fresh, ...exported]);
      await world.runIs(runId, ['exported']);
      t.same(
        [...fresh, ...exported].map(({ reference }) => organisation.effects(reference)),
        [1, 1, 1],
        'the fresh ones are exported beside the old one, which is not sent again',
      );
    },
  );
}

await t.test(
  'acceptance 7: get_export_status returns the right records, scoped to the requesting organisation, through PostgREST',
  async (t) => {
    const runs: Record<string, string[]> = { [hlf.id]: [], [blindeforbundet.id]: [] };
    for (const organisation of [hlf, blindeforbundet]) {
      const claims = await putClaims(organisation, 3);
      const first = await request(organisation, claims.slice(0, 2));
      await world.runIs(first.run_id, ['exported']);
      const second = await request(organisation, claims);
      await world.runIs(second.run_id, ['exported']);
      runs[organisation.id] = [second.run_id, first.run_id];
    }

    for (const [name, organisation] of Object.entries(bySystem)) {
      const [newest = '', oldest = ''] = runs[organisation.id] ?? [];
      const theirs = runs[organisation === hlf ? blindeforbundet.id : hlf.id] ?? [];
      const token = await tokenOf(organisation, 'coordinator');
      const client = new PostgrestClient(api.url, {
        headers: { authorization: `Bearer ${token}` },
      });
      const rows = await getExportStatus(client);
      const ours = await database.pool.query<{ run_id: string }>(
        `select run_id from accounting.export_requests
          where organisation_id = $1 order by requested_at desc`,
        [organisation.id],
      );
      t.same(
        rows.map(({ runId }) => runId),
        ours.rows.map(({ run_id }) => run_id),
        `${name}: all of its own runs, the newest first, and no other`,
      );
      const told = rows
        .slice(0, 2)
        .map(({ exportedAt, ...row }) => ({ ...row, isTold: exportedAt !== null }));
      const right = { failureCount: 0, integrationStatus: 'exported', isTold: true };
      t.same(
        told,
        [
          { runId: newest, totalClaims: 3, successCount: 1, ...right },
          { runId: oldest, totalClaims: 2, successCount: 2, ...right },
        ],
        'with its claims counted',
      );
      t.same(
        (await getExportStatus(client, { limit: 1 })).map(({ runId }) => runId),
        [newest],
      );
      t.same(
        (await getExportStatus(client, { runId: oldest })).map(({ runId }) => runId),
        [oldest],
      );
      for (const runId of theirs) {
        t.same(await getExportStatus(client, { runId }), [], 'of the other organisation: nothing');
      }

      const { host } = new URL(api.url);
      const deno = await runUnderDeno('get-export-status.deno.ts', [api.url, token], {
        folder: t.testdir(),
        allowNet: host,
      });
      if (!t.equal(deno.code, 0, 'under Deno it ends without complaint')) t.comment(deno.stderr);
      const printed = JSON.parse(deno.stdout || '{}') as { runtime: string; rows: unknown };
      t.match(printed.runtime, /^deno \d/);
      t.same(printed.rows, rows, 'and tells the same');
    }

    const nobody = new PostgrestClient(api.url);
    await t.rejects(getExportStatus(nobody), { name: 'ExportStatusError', code: '42501' });
    const driver = new PostgrestClient(api.url, {
      headers: { authorization: `Bearer ${await tokenOf(hlf, 'driver')}` },
    });
    t.same(await getExportStatus(driver), [], 'a driver sees no runs');
  },
);

t.end();
