/**
 * What changes between a verdict and a reservation. Each test has one session hold what it changed, waits
 * until the other waits for it, and lets go.
 */
import t, { type Test } from 'tap';

import { sqlState } from '../queue.ts';
import { argumentsOf, startDeclarations, type Row } from './support/declarations.ts';

const world = await startDeclarations(t);
const { pool } = world.database;
const flag = { p_name: 'driver_honorarium', p_reason: 'the board decided so' };
const switchTo = (isEnabled: boolean) =>
  world.rows('set_feature_flag', { ...flag, p_is_enabled: isEnabled }, 'admin');

await switchTo(true);
await world.publish(world.day());

/** Requests the claim through PostgREST; what the guard wrote about it. */
async function request(claimId: string): Promise<Row | undefined> {
  const { status, body } = await world.api.post(
    '/export_requests',
    { claim_ids: [claimId] },
    { token: world.tokens.app, headers: { prefer: 'return=representation' } },
  );
  if (status !== 201) throw new Error(JSON.stringify(body));
  return reservation(claimId);
}

async function reservation(claimId: string): Promise<Row | undefined> {
  const { rows } = await pool.query<Row>(
    `select verdict, detail, run_id from accounting.claim_reservations where claim_id = $1`,
    [claimId],
  );
  return rows[0];
}

/** A claim of a driver who has acknowledged. */
async function declared(t: Test, days: readonly number[] = [0]): Promise<string> {
  const claimId = await world.honorarium(days);
  await world.acknowledge();
  t.match(await world.verdictOn(claimId), { verdict: 'exportable' }, 'it could be exported');
  return claimId;
}

void t.test('a request that meets a switch in the middle sees it off', async (t) => {
  const claimId = await declared(t);
  const admin = await world.session(t, 'admin');
  await admin.query(`select * from api.set_feature_flag('driver_honorarium', false, 'stop')`);
  const verdict = await world.meet(admin, () => request(claimId));
  t.match(verdict, { verdict: 'feature_disabled' }, 'nothing is reserved');
  await switchTo(true);
});

void t.test(
  'a switch that meets a request comes after it, and before its first byte',
  async (t) => {
    const claimId = await declared(t);
    const app = await world.session(t, 'app');
    await app.query('insert into api.export_requests (claim_ids) values ($1)', [[claimId]]);
    await world.meet(app, () => switchTo(false));
    const { run_id: runId, verdict } = (await reservation(claimId)) ?? {};
    t.equal(verdict, 'exportable', 'the request was first');

    const { rows } = await pool.query<{ run_id: string; lease_id: string }>(
      `select run_id, lease_id from accounting.lease_runs('a-test', 100)`,
    );
    const leaseId = rows.find((row) => row.run_id === runId)?.lease_id;
    const { rows: started } = await pool.query<Row>(
      'select is_started, state from accounting.start_attempt($1, $2, $3)',
      [world.organisationId, runId, leaseId],
    );
    t.strictSame(started, [{ is_started: false, state: 'skipped' }], 'and nothing of it is sent');
    t.match(await reservation(claimId), { verdict: 'feature_disabled' }, 'nor held');
    await switchTo(true);
  },
);

void t.test('a request that meets a withdrawal does not count what was withdrawn', async (t) => {
  const claimId = await declared(t);
  const driver = await world.session(t, 'driver');
  await driver.query('select * from api.withdraw_acknowledgement()');
  const verdict = await world.meet(driver, () => request(claimId));
  t.match(verdict, { verdict: 'declaration_missing', detail: /^version 1 \(nb\)/ });
});

void t.test('a request that meets an acknowledgement counts it', async (t) => {
  const claimId = await world.honorarium([0]);
  t.match(await world.verdictOn(claimId), { verdict: 'declaration_missing' });
  const [shown] = await world.rows('current_declaration', {}, 'driver');
  const named = argumentsOf(shown ?? {});
  const driver = await world.session(t, 'driver');
  await driver.query('select * from api.acknowledge_declaration($1, $2, $3)', [
    named['p_template_id'],
    named['p_version'],
    named['p_content_sha256'],
  ]);
  const verdict = await world.meet(driver, () => request(claimId));
  t.match(verdict, { verdict: 'exportable' }, 'whole, or not at all');
});

void t.test('a double click on an acknowledgement is one', async (t) => {
  const [shown] = await world.rows('current_declaration', {}, 'otherDriver').catch(() => []);
  t.equal(shown, undefined, 'without a name there is nothing to show');
  await world.honorarium([0], 'otherDriver');
  const [declaration] = await world.rows('current_declaration', {}, 'otherDriver');
  const named = argumentsOf(declaration ?? {});
  const driver = await world.session(t, 'otherDriver');
  await driver.query('select * from api.acknowledge_declaration($1, $2, $3)', [
    named['p_template_id'],
    named['p_version'],
    named['p_content_sha256'],
  ]);
  const again = await world.meet(driver, () =>
    world.rows('acknowledge_declaration', named, 'otherDriver'),
  );
  t.match(again, [{ version: 1 }], 'the second gets the row of the first');
  const { rows } = await pool.query<Row>(
    `select act_no, act from accounting.declaration_acknowledgements where driver_id = 'otherDriver'`,
  );
  t.strictSame(rows, [{ act_no: 1, act: 'acknowledged' }], 'and there is one');
});

void t.test('a transaction that looks at an older state requests no honoraria', async (t) => {
  const claimId = await declared(t);
  for (const isolation of ['repeatable read', 'serializable']) {
    const app = await world.session(t, 'app', isolation);
    await app.query('select 1 from api.export_requests'); // from here on it sees no later change
    await switchTo(false);
    const code = await app
      .query('insert into api.export_requests (claim_ids) values ($1)', [[claimId]])
      .then(() => 'taken', sqlState);
    t.equal(code, 'AX011', `under ${isolation}`);
    await app.query('rollback');
    await switchTo(true);
  }
  t.equal(await reservation(claimId), undefined, 'nothing was reserved');
});

void t.test('a request that meets the next version wants that one from its day on', async (t) => {
  const claimId = await declared(t, [0, 1]);
  const [draft] = await world.rows(
    'put_declaration_template',
    { p_language: 'nb', p_body: 'the next one', p_way_of_acknowledging: 'tick_box' },
    'admin',
  );
  const named = { p_template_id: draft?.['template_id'], p_version: draft?.['version'] };
  const reference = { p_way_of_acknowledging: 'tick_box', p_reference: 'board 13/2026' };
  await world.rows(
    'sign_off_declaration_template',
    { ...named, ...reference, p_body_sha256: draft?.['body_sha256'] },
    'admin',
  );
  t.match(await world.verdictOn(claimId), { verdict: 'exportable' }, 'signed off is not in force');
  const admin = await world.session(t, 'admin');
  await admin.query('select * from api.publish_declaration_template($1, 2, $2)', [
    named.p_template_id,
    world.day(1),
  ]);
  const verdict = await world.meet(admin, () => request(claimId));
  t.match(verdict, {
    verdict: 'declaration_missing',
    detail: `version 2 (nb) of the declaration is needed: the driver has acknowledged none that counts on ${world.day(1)}`,
  });
});

void t.test(
  'of two people who switch at once, both are on record, one after the other',
  async (t) => {
    const admin = await world.session(t, 'admin');
    await admin.query(`select * from api.set_feature_flag('driver_honorarium', false, 'stop')`);
    await world.meet(admin, () => switchTo(true));
    const { rows } = await pool.query<{ change_no: number; is_enabled: boolean }>(
      `select change_no, is_enabled from accounting.feature_flag_changes
      where organisation_id = $1 order by change_no`,
      [world.organisationId],
    );
    t.strictSame(
      rows.map((row) => row.change_no),
      rows.map((_, place) => place + 1),
      'no gap',
    );
    t.strictSame(
      rows.slice(-2).map((row) => row.is_enabled),
      [false, true],
    );
  },
);
