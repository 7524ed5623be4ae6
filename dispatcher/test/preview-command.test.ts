/** What `npm run preview` says, and how it ends. */
import t from 'tap';

import { describe } from '../preview.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { preview, startWorld, withLines } from './support/previews.ts';
import { runCommand } from './support/run-command.ts';

await t.test('a body that the trail has another hash of is told', async (t) => {
  const { world } = await startWorld(t);
  const runId = await world.request(
    world.blindeforbundet,
    await world.putClaims(world.blindeforbundet, 1),
  );
  await startDispatcher(t, { environment: world.environment });
  await world.runIs(runId, ['exported'], { timeoutMs: 60_000 });
  // As if the mapper had changed without its version.
  await world.database.pool.query(
    `update accounting.export_requests
       set frozen_input = jsonb_set(frozen_input, '{posting_date}', '"2020-01-01"')`,
  );
  const shown = await preview(world, runId, 1);
  t.same(
    shown.requests.map(({ wasSent }) => wasSent),
    [false],
  );
  const ended = await runCommand('dispatcher/preview.ts', ['--run', runId, '--attempt', '1'], {
    DATABASE_URL: world.database.superuserUrl,
  });
  t.equal(ended.code, 1);
  t.match(ended.stdout, /the trail has another/);
});

await t.test('the command prints no secret, and warns of what it prints', async (t) => {
  const { world } = await startWorld(t);
  const claims = await world.putClaims(world.hlf, 1, { name: 'Ola Synlig' });
  const runId = await world.request(world.hlf, claims);
  const environment = { ...world.environment, DATABASE_URL: world.database.superuserUrl };
  const ended = await runCommand('dispatcher/preview.ts', ['--run', runId], environment);
  t.equal(ended.code, 0);
  t.match(ended.stderr, /personal data/);
  t.match(ended.stdout, /Ola Synlig/, 'the name is sent, so it is shown');
  t.match(ended.stdout, /POST http.*\/\$batch/);
  t.match(ended.stdout, /Bearer \{access-token\}/);
  t.notMatch(ended.stdout, /business-central-sandbox-secret/);

  const asJson = await runCommand('dispatcher/preview.ts', ['--run', runId, '--json'], environment);
  t.match(JSON.parse(asJson.stdout), { runId, state: 'queued', requests: [{ method: 'POST' }] });

  for (const [args, message] of [
    [['--run', 'nonsense'], /UUID/],
    [['--run', '00000000-0000-4000-8000-0000000000ff'], /AX016/],
    [['--run', runId, '--attempt', '7'], /no attempt 7/],
  ] as const) {
    const failed = await runCommand('dispatcher/preview.ts', args, environment);
    t.equal(failed.code, 2);
    t.match(failed.stderr, message);
  }
});

await t.test('a claim that cannot be sent is told, with the reason', async (t) => {
  const { world } = await startWorld(t);
  const runId = await world.request(world.hlf, await world.putClaims(world.hlf, 2));
  await world.database.pool.query(
    `update accounting.export_requests
       set frozen_input = jsonb_set(frozen_input, '{claims,0,total}', '"1.00"')`,
  );
  const shown = await preview(world, runId);
  t.match(shown.unsendable, [{ reason: /lines sum to .*, total is / }]);
  t.equal(withLines(shown)[0]?.claimIds.length, 1, 'the other one is sent');
  t.match(describe(shown), /not sent: .*lines sum to/);
});

t.end();
