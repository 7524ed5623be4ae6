/** A coordinator: cancels, asks again, and in the end settles what waits for a person. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

import type { Books } from '../demo/checks.ts';
import { deckOf, pick, randomOf, seedOf, type Random } from '../random.ts';
import { keepActing } from './actor.ts';
import { TIMINGS } from './organisations.ts';
import type { ChaosWorld } from './world.ts';

export interface CoordinatorCounts {
  cancellations: number;
  /** Questions that the coordinator had asked. */
  lookUps: number;
  /** Claims that the coordinator doubted. */
  flags: number;
}

/** The run ended or was sent meanwhile; it may still reach the ledger. */
const TOO_LATE = 'AX018';
const TOO_EARLY = 'AX026';

const ACTS = ['cancel', 'cancel', 'look_up', 'look_up_ended', 'look_up_ended', 'flag'] as const;

/** Does what a coordinator may at any time, until `signal` is aborted. */
export async function coordinate(
  world: ChaosWorld,
  seed: number,
  counts: CoordinatorCounts,
  signal: AbortSignal,
): Promise<void> {
  const random = randomOf(seedOf(seed, 400));
  const next = deckOf(random, ACTS);
  await keepActing(random, { leastMs: 200, mostMs: 1_200 }, signal, async () => {
    const act = next();
    if (act === 'flag') {
      counts.flags += await flagSome(world, random);
      return;
    }
    const { rows } = await world.control.query<{ organisation_id: string; run_id: string }>(
      `select organisation_id, run_id from accounting.export_requests
        where (ended_at is not null) = $1 and ($1 = false or attempt_no > 0)
        order by requested_at desc, run_id limit 30`,
      [act === 'look_up_ended'],
    );
    const run = rows[random(1_000) % rows.length];
    if (run === undefined) return;
    const call = act === 'cancel' ? 'api.cancel_export($1)' : 'api.reconcile_export($1)';
    const isDone = await asCoordinator(world.control, run.organisation_id, call, [run.run_id]);
    if (isDone && act === 'cancel') counts.cancellations += 1;
    else if (isDone) counts.lookUps += 1;
  });
}

/** Doubts up to three claims of one organisation, whatever became of them. */
async function flagSome({ control, organisations }: ChaosWorld, random: Random): Promise<number> {
  const organisation = pick(random, organisations);
  const { rows } = await control.query<{ id: string }>(
    `select id from accounting.claims where organisation_id = $1
      order by created_at desc, id limit 60`,
    [organisation.id],
  );
  if (rows.length === 0) return 0;
  const ids = new Set(Array.from({ length: 3 }, () => pick(random, rows).id));
  const call = 'api.flag_claims($1, $2)';
  await asCoordinator(control, organisation.id, call, [[...ids], 'is it in the ledger?']);
  return ids.size;
}

/**
 * Settles each run that waits for a person by what the ledgers have: what is there is booked by
 * hand, the rest is proved absent once the quarantine is over.
 *
 * @returns how many runs there were.
 */
export async function settleReviews(control: pg.Pool, books: Books): Promise<number> {
  const { rows } = await control.query<{
    organisation_id: string;
    run_id: string;
    references: readonly (readonly [string, string])[];
  }>(
    `select e.organisation_id, e.run_id,
       jsonb_agg(jsonb_build_array(r.claim_id, r.reference) order by r.claim_id) as references
     from accounting.export_requests as e
     join accounting.claim_reservations as r
       on r.organisation_id = e.organisation_id and r.run_id = e.run_id
     where e.state = 'needs_review' and r.verdict = 'exportable'
       and r.delivered_at is null and r.released_at is null
     group by e.organisation_id, e.run_id
     order by e.organisation_id, e.run_id`,
  );
  for (const { organisation_id: organisationId, run_id: runId, references } of rows) {
    const resolve = (resolution: string, externalIds: object | null) =>
      asCoordinator(control, organisationId, 'api.resolve_export($1, $2, $3, $4)', [
        runId,
        resolution,
        'looked up in the ledger',
        externalIds,
      ]);
    const there = references.filter(([, reference]) => books.has(reference));
    if (there.length > 0) await resolve('booked_by_hand', Object.fromEntries(there.map(named)));
    if (there.length === references.length) continue;
    // After the longest lease and quarantine that there can be it is not too early any more.
    const deadline = Date.now() + 2 * (TIMINGS.lease_ms + TIMINGS.quarantine_ms);
    while (!(await resolve('proved_absent', null)) && Date.now() < deadline) await sleep(200);
  }
  return rows.length;
}

/** The ledger's id of a claim; here it is known by its reference alone. */
function named([claimId, reference]: readonly [string, string]): [string, string[]] {
  return [claimId, [reference]];
}

/** Calls as a person with a token does. False: it was too early, or too late. */
async function asCoordinator(
  control: pg.Pool,
  organisationId: string,
  call: string,
  values: readonly unknown[],
): Promise<boolean> {
  const token = { sub: 'chaos-coordinator', role: 'authenticated' };
  const claims = { ...token, organisation_id: organisationId, app_role: 'coordinator' };
  const client = await control.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify(claims),
    ]);
    await client.query('set local role authenticated');
    await client.query(`select * from ${call}`, [...values]);
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback');
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === TOO_LATE || code === TOO_EARLY) return false;
    throw error;
  } finally {
    client.release();
  }
}
