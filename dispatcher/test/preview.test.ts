/** What a preview shows is what is sent, byte by byte, and showing it does nothing. */
import t from 'tap';
import type { Test } from 'tap';

import { sha256Hex } from '../http.ts';
import { describe, previewRun, type RunPreview } from '../preview.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { startFront, type Front } from './support/front.ts';
import { runCommand } from './support/run-command.ts';
import { startTwoOrganisations, type TwoOrganisations } from './support/two-organisations.ts';

/** As many claims as take more than one envelope: 3 lines each, or 100 lines an envelope. */
const CLAIMS = 40;

async function startWorld(t: Test): Promise<{ world: TwoOrganisations; fronts: Front[] }> {
  const world = await startTwoOrganisations(t, { lease_ms: 60_000, send_timeout_ms: 50_000 });
  const fronts = [
    await startFront(t, world.businessCentral.url),
    await startFront(t, world.xledger.url),
  ];
  await world.apply(world.hlf, world.addresses(world.hlf, fronts[0]?.port ?? 0));
  await world.apply(
    world.blindeforbundet,
    world.addresses(world.blindeforbundet, fronts[1]?.port ?? 0),
  );
  return { world, fronts };
}

const preview = (world: TwoOrganisations, runId: string, attemptNo: number | null = null) =>
  previewRun(world.database.superuserUrl, runId, attemptNo);

/** The bodies with lines that a front saw, oldest first. */
function received(front: Front | undefined): string[] {
  return (front?.requests ?? []).filter(({ carriesLines }) => carriesLines).map(({ body }) => body);
}

function withLines({ requests }: RunPreview) {
  return requests.filter(({ envelopeNo }) => envelopeNo !== null);
}

async function snapshot(world: TwoOrganisations): Promise<unknown> {
  const { rows } = await world.database.pool.query(
    `select (select jsonb_agg(e order by run_id) from accounting.export_requests as e) as runs,
       (select jsonb_agg(r order by claim_id) from accounting.claim_reservations as r) as claims,
       (select count(*) from accounting.export_runs) as trail`,
  );
  return rows;
}

await t.test('showing a run sends nothing and changes nothing', async (t) => {
  const { world, fronts } = await startWorld(t);
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    const runId = await world.request(organisation, await world.putClaims(organisation, 2));
    const before = await snapshot(world);
    const shown = await preview(world, runId);
    t.equal(withLines(shown).length, 1);
    t.same(await snapshot(world), before, 'no lease, no state, no row');
  }
  t.same(
    fronts.map(({ requests }) => requests.length),
    [0, 0],
    'no request at all',
  );
});

await t.test(
  'Xledger gets the bytes that were shown before, and the trail has their hash',
  async (t) => {
    const { world, fronts } = await startWorld(t);
    const claims = await world.putClaims(world.blindeforbundet, CLAIMS);
    const runId = await world.request(world.blindeforbundet, claims);
    const before = await preview(world, runId);
    await startDispatcher(t, { environment: world.environment });
    await world.runIs(runId, ['exported'], { timeoutMs: 60_000 });

    t.same(
      before.requests.map(({ body }) => body),
      received(fronts[1]),
    );
    t.same(
      before.requests.map(({ sha256 }) => sha256),
      received(fronts[1]).map(sha256Hex),
    );
    const after = await preview(world, runId, 1);
    t.same(
      after.requests.map(({ body }) => body),
      received(fronts[1]),
    );
    t.ok(after.requests.length > 0 && after.requests.every(({ wasSent }) => wasSent === true));
    t.same((await preview(world, runId)).requests, [], 'nothing of it is to be sent any more');
  },
);

await t.test('Business Central gets what was shown, once the journal has its id', async (t) => {
  const { world, fronts } = await startWorld(t);
  const runId = await world.request(world.hlf, await world.putClaims(world.hlf, CLAIMS));
  const before = await preview(world, runId);
  t.equal(withLines(before).length, 2, 'two envelopes');
  t.ok(
    withLines(before).every(({ sha256 }) => sha256 === null),
    'the id is not known yet',
  );
  await startDispatcher(t, { environment: world.environment });
  await world.runIs(runId, ['exported'], { timeoutMs: 60_000 });

  const sent = (fronts[0]?.requests ?? []).filter(
    ({ method, path, body }) =>
      method === 'POST' && !path.includes('token') && !body.includes('"method":"GET"'),
  );
  const journalId = /journals\(([0-9a-f-]{36})\)/.exec(sent[1]?.body ?? '')?.[1] ?? '';
  t.match(journalId, /^[0-9a-f-]{36}$/);
  const lineIds = new Map(
    world.businessCentral
      .ledger()[0]
      ?.journals[0]?.lines.map(({ lineNumber, id }) => [String(lineNumber), id]),
  );
  const filled = before.requests.map(({ body }) =>
    body
      .replaceAll('{journal-id}', journalId)
      .replaceAll(/\{id-of-line-(\d+)\}/g, (_, number: string) => lineIds.get(number) ?? '?'),
  );
  t.same(
    filled,
    sent.map(({ body }) => body),
    'journal, lines, dimensions, lines, dimensions: all that was sent, in this order',
  );
  t.same(
    before.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`),
    sent.map(({ method, url }) => `${method} ${url}`),
  );
  const known = ['accept-language', 'content-type', 'isolation', 'accept', 'authorization'];
  t.same(
    before.requests.map(({ headers }) => lowered(headers, known)),
    sent.map(({ headers }) => ({
      ...lowered(headers as Record<string, string>, known),
      authorization: 'Bearer {access-token}',
    })),
    'with these headers',
  );

  const after = await preview(world, runId, 1);
  t.same(
    withLines(after).map(({ body }) => body),
    received(fronts[0]),
  );
  t.same(
    withLines(after).map(({ wasSent }) => wasSent),
    [true, true],
    'the trail has the same',
  );
});

function lowered(headers: Readonly<Record<string, string>>, names: readonly string[]) {
  const entries = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return Object.fromEntries(entries.filter(([name]) => names.includes(name)));
}

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
  t.match(shown.unsendable, [{ reason: /don't sum to the total/ }]);
  t.equal(withLines(shown)[0]?.claimIds.length, 1, 'the other one is sent');
  t.match(describe(shown), /not sent: .*don't sum/);
});

t.end();
