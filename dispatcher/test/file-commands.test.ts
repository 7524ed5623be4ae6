/** `npm run preview` and `npm run check-integration` where files are written. */
import t, { type Test } from 'tap';

import { sha256Hex } from '../http.ts';
import { checkNow, setMappings, words } from './support/checks.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { preview } from './support/previews.ts';
import { runCommand } from './support/run-command.ts';
import { startTwoOrganisations, type TwoOrganisations } from './support/two-organisations.ts';

t.setTimeout(300_000); // Commands and a dispatcher, on a machine that may be busy.

/** Blindeforbundet writes files, with texts and dimensions of its own. */
async function startWithFiles(t: Test, format: string): Promise<TwoOrganisations> {
  const world = await startTwoOrganisations(t, { lease_ms: 60_000, send_timeout_ms: 50_000 });
  await world.apply(world.blindeforbundet, {
    system: 'file',
    endpoint: undefined,
    credential_ref: undefined,
    settings: {
      format,
      liability_account: '2910',
      posting_1: 'project',
      posting_2: 'avdeling',
      line_text: '{kind}: {type} {quantity} {date} {reference}',
      liability_dimensions: { avdeling: 'Øst' },
      kinds: { travel_expense: { label: 'Reiseregning', liability_account: '2911' } },
    },
  });
  return world;
}

interface Stored {
  readonly name: string;
  readonly content: string;
  readonly sha256: string;
  readonly wire_sha256: string;
}

for (const format of ['xledger_gl_csv', 'json']) {
  await t.test(`what a preview shows of ${format} is the file that is stored`, async (t) => {
    const world = await startWithFiles(t, format);
    const claims = await world.putClaims(world.blindeforbundet, 3, { name: 'Åse; =Ødegård' });
    const runId = await world.request(world.blindeforbundet, claims);
    const before = await preview(world, runId);
    t.match(before, { state: 'queued', requests: [{ method: 'FILE', wasSent: null }] });
    t.equal((await world.run(runId)).state, 'queued', 'and showing it writes nothing');
    await startDispatcher(t, { environment: world.environment });
    await world.runIs(runId, ['produced'], { timeoutMs: 60_000 });

    const { rows } = await world.database.pool.query<Stored>(
      `select f.name, convert_from(f.content, 'UTF8') as content, f.sha256, x.wire_sha256
         from accounting.export_files as f
         join accounting.export_runs as x using (organisation_id, run_id)
        where run_id = $1`,
      [runId],
    );
    const [stored] = rows;
    t.equal(rows.length, 1, 'one file, one attempt');
    const after = await preview(world, runId, 1);
    for (const { requests } of [before, after]) {
      t.match(requests, [{ url: stored?.name, body: stored?.content, sha256: stored?.sha256 }]);
      t.equal(requests[0]?.body, stored?.content, 'byte by byte');
    }
    t.equal(stored?.sha256, sha256Hex(stored?.content ?? ''));
    t.equal(stored?.sha256, stored?.wire_sha256, 'the trail has its hash');
    t.same(after.requests[0]?.wasSent, true);
    t.same(after.requests[0]?.claimIds, claims.map(({ id }) => id).sort());
    t.match(stored?.content, /Reiseregning: mileage 10 2026-03-02/, 'in the organisation’s words');
    t.match(stored?.content, /2911/, 'on the account of its kind');
    t.match(stored?.content, /Øst/, 'with the dimensions of the liability line');
    t.same((await preview(world, runId)).requests, [], 'nothing of it is to be written any more');

    const environment = { DATABASE_URL: world.database.superuserUrl };
    const args = ['--run', runId, '--attempt', '1'];
    const ended = await runCommand('dispatcher/preview.ts', args, environment);
    t.equal(ended.code, 0);
    t.match(ended.stdout, /as sent: the trail has the same/);
    t.match(ended.stderr, /personal data/);
  });
}

await t.test('a check of files calls nobody, says so, and is recorded', async (t) => {
  const world = await startWithFiles(t, 'xledger_gl_csv');
  const { database, environment, xledger } = world;
  const ended = await runCommand('dispatcher/check-integration.ts', ['--organisation', 'BF'], {
    DATABASE_URL: database.superuserUrl,
  });
  t.equal(ended.code, 0, ended.stderr);
  t.match(ended.stdout, /BF, file\n/, 'there is no address');
  t.match(ended.stdout, /ok .*settings: files are written as xledger_gl_csv/);
  t.match(ended.stdout, /ok .*mappings: all 3 expense types fit into the file/);
  t.match(ended.stdout, /note .*ledger: nobody is called: a person imports the file/);
  t.match(ended.stdout, /All is well/);
  const { rows } = await database.pool.query(
    'select system, endpoint, is_good, fault_count from accounting.integration_checks',
  );
  t.same(rows, [{ system: 'file', endpoint: null, is_good: true, fault_count: 0 }]);
  t.equal(xledger.requests.length, 0, 'nobody was called');

  // A dimension that has no column, which only the layout knows.
  const { id } = world.blindeforbundet;
  await setMappings(world, id, {
    toll: { account: '7140', dimensions: { region: '1' } },
    mileage: { account: '7100', dimensions: { project: '100' } },
  });
  const report = await checkNow({ ...world, environment }, 'BF');
  t.equal(report.isGood, false);
  t.same(words(report, 'fault'), [
    'mappings: toll: no posting column is set for the dimension region',
  ]);
});

await t.test('a code that fits into no file is refused when it is written', async (t) => {
  const world = await startWithFiles(t, 'csv');
  await t.rejects(
    setMappings(world, world.blindeforbundet.id, {
      toll: { account: '7140', dimensions: { project: '=1+1' } },
    }),
    { code: 'AX010' },
  );
});

t.end();
