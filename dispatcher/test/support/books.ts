/** What has to hold once the work is done, whoever was killed when. */
import type { Test } from 'tap';

import type { ClaimInput, Organisation, TwoOrganisations } from './two-organisations.ts';
import { waitFor } from './wait-for.ts';

/** The runs of a test, with the claims that each was asked for. */
export type Runs = Map<string, { organisation: Organisation; claims: readonly ClaimInput[] }>;

/** Puts claims in, asks for them, and notes the run. */
export async function requestClaims(
  world: TwoOrganisations,
  runs: Runs,
  organisation: Organisation,
  count: number,
): Promise<string> {
  const claims = await world.putClaims(organisation, count);
  const runId = await world.request(organisation, claims);
  runs.set(runId, { organisation, claims });
  return runId;
}

/** Waits until every run has ended, or needs a person. */
export async function waitForAll(world: TwoOrganisations): Promise<void> {
  await waitFor(
    async () => {
      const { rows } = await world.database.pool.query(
        `select 1 from accounting.export_requests
          where ended_at is null and state <> 'needs_review' limit 1`,
      );
      return rows.length === 0;
    },
    { timeoutMs: 60_000, what: 'every run to end' },
  );
}

/** Nothing lost, nothing twice: every run exported, each claim in the books once, no lease left. */
export async function checkBooks(t: Test, world: TwoOrganisations, runs: Runs): Promise<void> {
  await waitForAll(world);
  const problems: unknown[] = [];
  for (const [runId, { organisation, claims }] of runs) {
    const { state, lease_id: leaseId } = await world.run(runId);
    const effects = claims.map(({ reference }) => organisation.effects(reference));
    if (state !== 'exported' || leaseId !== null || effects.some((count) => count !== 1)) {
      problems.push({ runId, state, leaseId, effects, trail: await world.trail(runId) });
    }
  }
  t.same(problems, [], 'every run is exported, and each of its claims is in the books once');
}
