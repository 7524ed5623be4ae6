/** Each kind of answer, through the whole path: what the run becomes, what the trail tells. */
import t from 'tap';

import { startBusinessCentralSandbox } from '../adapters/business-central/sandbox/business-central-sandbox.ts';
import type { FaultInput } from '../../sandbox/faults.ts';
import { freePort } from '../../sandbox/free-port.ts';
import { startXledgerSandbox } from '../adapters/xledger/sandbox/xledger-sandbox.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import {
  startTwoOrganisations,
  story,
  type ClaimInput,
  type Organisation,
} from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

const world = await startTwoOrganisations(t, {
  lease_ms: 2000,
  send_timeout_ms: 1000,
  remote_max_ms: 500,
  quarantine_ms: 1000,
});
const { hlf, blindeforbundet, database } = world;
const { pool } = database;
await startDispatcher(t, world);

/** A fault that meets the request which carries lines. */
const onLines: Readonly<Record<Organisation['system'], Partial<FaultInput>>> = {
  business_central: { path: '\\$batch$' },
  xledger: { operation: '^addGLImportItems$' },
};

for (const organisation of [hlf, blindeforbundet]) {
  const { system } = organisation;
  const other = organisation === hlf ? blindeforbundet : hlf;
  const fault = (given: FaultInput): void => {
    organisation.faults.clear();
    organisation.faults.add({ ...onLines[system], ...given });
  };
  const effects = (claims: readonly ClaimInput[]) =>
    claims.map(({ reference }) => organisation.effects(reference));
  const attention = async (runId: string | null) => {
    const { rows } = await pool.query<{ kind: string; reason: string }>(
      `select kind, reason from api.export_attention
        where organisation_id = $1 and run_id is not distinct from $2`,
      [organisation.id, runId],
    );
    return rows;
  };

  await t.test(`${system}: told to wait by a 429, it is sent again and accepted`, async (t) => {
    fault({ kind: 'status', status: 429, retry_after: '1' });
    const claims = await world.putClaims(organisation, 2);
    const started = performance.now();
    const runId = await world.request(organisation, claims);
    await world.runIs(runId, ['exported']);
    const trail = await world.trail(runId);
    t.same(story(trail), ['attempt not_applied', 'attempt accepted']);
    t.equal(trail[0]?.http_status, 429);
    t.ok(performance.now() - started >= 1000, 'not before the second that it was told');
    t.same(effects(claims), [1, 1]);
  });

  await t.test(`${system}: refused by 429 for as long as it may try, it fails`, async (t) => {
    fault({ kind: 'status', status: 429, times: 6 });
    const claims = await world.putClaims(organisation, 1);
    const runId = await world.request(organisation, claims);
    const { attempt_no: attempts } = await world.runIs(runId, ['failed']);
    t.equal(attempts, 6, 'after max_attempts');
    t.same(effects(claims), [0]);
    const again = await world.request(organisation, claims);
    t.not(again, runId);
    await world.runIs(again, ['exported']);
    t.same(effects(claims), [1], 'and the claim, released, may be asked for again');
  });

  await t.test(`${system}: a 500 before booking is asked about, and sent again`, async (t) => {
    fault({ kind: 'status', status: 500 });
    const claims = await world.putClaims(organisation, 2);
    const runId = await world.request(organisation, claims);
    await world.runIs(runId, ['exported']);
    const trail = await world.trail(runId);
    const told = story(trail);
    t.equal(told[0], 'attempt unknown');
    t.equal(trail[0]?.http_status, 500);
    t.ok(
      told.slice(1, -1).every((one) => one === 'reconciliation absent') && told.length > 2,
      `nothing but questions in between: ${told.join(', ')}`,
    );
    t.equal(told.at(-1), 'attempt accepted');
    t.same(effects(claims), [1, 1]);
  });

  const lost: Readonly<Record<string, FaultInput>> = {
    'a 500 after booking': { kind: 'status', status: 500, apply: true },
    'an answer that never came': { kind: 'drop_after' },
    'an answer that was cut': { kind: 'truncate_body' },
  };
  for (const [name, given] of Object.entries(lost)) {
    await t.test(`${system}: ${name} is asked about, and found`, async (t) => {
      fault(given);
      const claims = await world.putClaims(organisation, 2);
      const before = organisation.requests.length;
      const runId = await world.request(organisation, claims);
      await world.runIs(runId, ['exported']);
      t.same(story(await world.trail(runId)), ['attempt unknown', 'reconciliation found']);
      const sent = organisation.requests
        .slice(before)
        .filter((one) => organisation.carriesLines(one) && one.fault !== null);
      t.equal(sent.length, 1, 'the lines are sent once');
      t.same(effects(claims), [1, 1]);
    });
  }

  await t.test(`${system}: a claim that is refused holds no other back`, async (t) => {
    organisation.faults.clear();
    const good = await world.putClaims(organisation, 2);
    const bad = await world.putClaims(organisation, 1, { type: 'blocked' });
    const runId = await world.request(organisation, [...good, ...bad]);
    await world.runIs(runId, ['partially_exported']);
    t.same(effects([...good, ...bad]), [1, 1, 0]);
    const { rows } = await pool.query(
      `select outcome, released_at is not null as is_released, error is not null as has_error
         from accounting.claim_reservations where run_id = $1 order by outcome`,
      [runId],
    );
    t.same(rows, [
      { outcome: 'accepted', is_released: false, has_error: false },
      { outcome: 'accepted', is_released: false, has_error: false },
      { outcome: 'rejected', is_released: true, has_error: true },
    ]);
    t.notOk(
      (await world.trail(runId)).some(
        ({ outcome, claim_ids: ids }) => outcome === 'accepted' && ids.includes(bad[0]?.id ?? ''),
      ),
      'no row says that it was accepted',
    );
  });

  await t.test(`${system}: a 401 pauses the integration until it is resumed`, async (t) => {
    organisation.faults.clear();
    // One 401 is met by a new token and a second try.
    organisation.faults.add({ kind: 'status', status: 401, times: 2, method: 'POST' });
    const claims = await world.putClaims(organisation, 1);
    const runId = await world.request(organisation, claims);
    await waitFor(async () => (await attention(null)).length > 0, { what: 'the pause' });
    t.match(await attention(null), [{ kind: 'paused', reason: /refused us/ }]);
    const paused = await world.run(runId);
    t.match(paused, { state: 'retry_wait', charged_attempts: 0 }, 'uncharged');

    const held = await world.request(organisation, await world.putClaims(organisation, 1));
    const before = organisation.requests.length;
    const passing = await world.request(other, await world.putClaims(other, 1));
    await world.runIs(passing, ['exported']);
    t.equal(organisation.requests.length, before, 'nothing more is sent, while others are');
    t.match(await world.run(held), { state: 'queued', attempt_no: 0 });

    await pool.query('select accounting.resume_integration($1, $2)', [organisation.id, system]);
    await world.runIs(runId, ['exported']);
    await world.runIs(held, ['exported']);
    t.same(effects(claims), [1]);
    t.same(await attention(null), []);
  });

  await t.test(`${system}: an unreachable system is tried until it is there`, async (t) => {
    organisation.faults.clear();
    const port = await freePort();
    await world.apply(organisation, { ...world.addresses(organisation, port), max_attempts: 2 });
    const claims = await world.putClaims(organisation, 1);
    const runId = await world.request(organisation, claims);
    await waitFor(async () => (await world.run(runId)).attempt_no > 2, {
      what: 'more attempts than may be charged',
    });
    await world.runIs(runId, ['retry_wait']);
    t.match(await world.run(runId), { charged_attempts: 0 }, 'none is charged');
    t.match(await attention(runId), [{ kind: 'unreachable' }]);
    t.match((await world.trail(runId))[0], { outcome: 'not_applied', http_status: null });

    const late =
      organisation === hlf
        ? await startBusinessCentralSandbox({ port })
        : await startXledgerSandbox({ port });
    t.teardown(() => late.close());
    await world.runIs(runId, ['exported']);
    t.equal(late.effects(claims[0]?.reference ?? ''), 1);
    t.same(await attention(runId), []);
    await world.apply(organisation, {});
  });
}

t.end();
