/** What the tests of preview share: both systems behind a front that keeps what was sent. */
import type { Test } from 'tap';

import { previewRun, type RunPreview } from '../../preview.ts';
import { startFront, type Front } from './front.ts';
import { startTwoOrganisations, type TwoOrganisations } from './two-organisations.ts';

/** Both organisations, each with a front before its system. */
export async function startWorld(t: Test): Promise<{ world: TwoOrganisations; fronts: Front[] }> {
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

/** What a preview of a run shows. */
export const preview = (world: TwoOrganisations, runId: string, attemptNo: number | null = null) =>
  previewRun(world.database.superuserUrl, runId, attemptNo);

/** The requests that carry lines. */
export function withLines({ requests }: RunPreview) {
  return requests.filter(({ envelopeNo }) => envelopeNo !== null);
}
