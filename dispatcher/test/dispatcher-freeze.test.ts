/** What is asked beside the states of runs: flagged claims, ended runs, and all of it after a restore. */
import t from 'tap';

import { freezeAll } from '../organisation.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import {
  startTwoOrganisations,
  type Organisation,
  type TwoOrganisations,
} from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

// Most of the time is waiting for quarantines: so side by side.
t.jobs = 2;

interface Claim {
  readonly exported_at: string | null;
  readonly exported_run_id: string | null;
  readonly flagged_at: string | null;
}

const claimOf = async ({ database }: TwoOrganisations, id: string): Promise<Claim | undefined> => {
  const { rows } = await database.pool.query<Claim>(
    'select exported_at, exported_run_id, flagged_at from accounting.claims where id = $1',
    [id],
  );
  return rows[0];
};

const flag = async (world: TwoOrganisations, organisation: Organisation, ids: string[]) =>
  world.database.pool.query(
    `select accounting.flag_claims($1, $2, 'seen in the ledger?', 'coordinator-1')`,
    [organisation.id, ids],
  );

/** As if it had been lost in a restore: the ledger has the claims, and the database knows of no run. */
async function forget(world: TwoOrganisations, ids: readonly string[]): Promise<void> {
  const { pool } = world.database;
  await pool.query(`
    alter table accounting.export_runs disable trigger all;
    delete from accounting.export_runs;
    alter table accounting.audit_heads disable trigger all;
    delete from accounting.audit_heads;
    alter table accounting.audit_heads enable always trigger refuse_delete;
    alter table accounting.audit_heads enable always trigger move_by_one;
    alter table accounting.export_runs enable always trigger seal;
    delete from accounting.claim_reservations;
    delete from accounting.export_requests`);
  await pool.query(
    'update accounting.claims set exported_at = null, exported_run_id = null where id = any ($1)',
    [ids],
  );
}

for (const system of ['business_central', 'xledger'] as const) {
  void t.test(
    `a flagged claim that no run holds is asked for by reference (${system})`,
    async (t) => {
      const world = await startTwoOrganisations(t);
      const organisation = system === 'xledger' ? world.blindeforbundet : world.hlf;
      await startDispatcher(t, world);
      const [booked, never] = await world.putClaims(organisation, 2);
      if (booked === undefined || never === undefined) throw new Error('no claims');
      await world.runIs(await world.request(organisation, [booked]), ['exported']);
      await forget(world, [booked.id]);

      await flag(world, organisation, [booked.id, never.id]);
      await waitFor(async () => (await claimOf(world, booked.id))?.exported_at, {
        what: 'the booked one to be found',
      });
      t.match(
        await claimOf(world, booked.id),
        { exported_run_id: null, flagged_at: null },
        'found without a run, it counts as exported, and the flag is answered',
      );
      await waitFor(async () => (await claimOf(world, never.id))?.flagged_at === null, {
        what: 'the absent one to be cleared',
      });
      const { rows } = await world.database.pool.query<{ outcome: string; claims: string }>(
        `select outcome, count(*)::text as claims from accounting.export_runs
        where run_id is null and claim_ids ? $1 group by outcome`,
        [never.id],
      );
      const [absent, ...others] = rows;
      t.equal(absent?.outcome, 'absent');
      t.ok(Number(absent?.claims) >= 2, 'absent counted after the quarantine, twice');
      t.same(others, []);

      const again = await world.request(organisation, [booked, never]);
      await world.runIs(again, ['exported']);
      t.equal(organisation.effects(booked.reference), 1, 'what was found is not sent again');
      t.equal(organisation.effects(never.reference), 1, 'what was absent is');
    },
  );

  void t.test(`after a restore nothing is sent before it was asked for (${system})`, async (t) => {
    const world = await startTwoOrganisations(t);
    const organisation = system === 'xledger' ? world.blindeforbundet : world.hlf;
    const before = await startDispatcher(t, world);
    const lost = await world.putClaims(organisation, 3);
    await world.runIs(await world.request(organisation, lost), ['exported']);
    before.kill('SIGTERM');
    await before.ended;
    await forget(
      world,
      lost.map(({ id }) => id),
    );
    // Other batches than before, so that no journal or voucher number gives them away.
    const [one, two, three] = lost;
    if (one === undefined || two === undefined || three === undefined) throw new Error('no claims');
    const [open] = await world.putClaims(organisation, 1);
    if (open === undefined) throw new Error('no claim');
    const runs = [await world.request(organisation, [three, open, one])];
    runs.push(await world.request(organisation, [two]));
    t.equal(await freezeAll(world.database.superuserUrl, 'restored from a backup'), 2);
    await startDispatcher(t, world);
    for (const runId of runs) await world.runIs(runId, ['exported']);
    for (const { reference } of [...lost, open]) {
      t.equal(organisation.effects(reference), 1, `${reference} is in the books once`);
    }
    const [first, second] = [await world.trail(runs[0] ?? ''), await world.trail(runs[1] ?? '')];
    t.equal(first[0]?.kind, 'reconciliation', 'it was asked for first');
    t.same(
      [...first, ...second]
        .filter(({ kind }) => kind === 'attempt')
        .map(({ outcome, claim_ids }) => [outcome, ...claim_ids]),
      [['accepted', open.id]],
      'only what was absent was sent',
    );
    const { rows } = await world.database.pool.query(
      'select 1 from accounting.integrations where frozen_at is not null',
    );
    t.same(rows, [], 'and the freeze has ended by itself');
  });
}

t.end();
