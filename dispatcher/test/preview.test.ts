/** What a preview shows is what is sent, byte by byte, and showing it does nothing. */
import t from 'tap';

import { sha256Hex } from '../http.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import type { Front } from './support/front.ts';
import { preview, startWorld, withLines } from './support/previews.ts';
import type { TwoOrganisations } from './support/two-organisations.ts';

/** As many claims as take more than one envelope: 3 lines each, or 100 lines an envelope. */
const CLAIMS = 40;

/** The bodies with lines that a front saw, oldest first. */
function received(front: Front | undefined): string[] {
  return (front?.requests ?? []).filter(({ carriesLines }) => carriesLines).map(({ body }) => body);
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

t.end();
