/** Does the trail tell of every attempt that was started, and of every claim in it? */
import type { Breach, Evidence } from './breach.ts';
import { groupBy } from './check-claims.ts';
import type { RunRow, TrailRow } from './snapshot.ts';

/** What settles a claim, so that later attempts don't concern it. */
const SETTLED = new Set(['accepted', 'found', 'rejected', 'booked_by_hand', 'proved_absent']);

/** The breaches in the trail. */
export function checkTrail({ snapshot }: Evidence): Breach[] {
  const trail = groupBy(snapshot.trail, (row) => row.run_id ?? '');
  const reserved = groupBy(
    snapshot.reservations.filter(({ verdict }) => verdict === 'exportable'),
    (row) => row.run_id,
  );
  const broken = snapshot.brokenChains.map(({ organisation_id: id, reason }): Breach => {
    return { promise: 'chain', runId: null, text: `organisation ${id}: ${reason}` };
  });
  return [
    ...broken,
    ...snapshot.runs.flatMap((run) => {
      const claimIds = (reserved.get(run.run_id) ?? []).map((row) => row.claim_id);
      return checkAttempts(run, claimIds, trail.get(run.run_id) ?? []);
    }),
  ];
}

/** A start is counted on the run alone; its rows come with its envelopes, or from the sweep. */
function checkAttempts(
  run: RunRow,
  claimIds: readonly string[],
  trail: readonly TrailRow[],
): Breach[] {
  const breaches: Breach[] = [];
  const breach = (text: string): void => {
    breaches.push({ promise: 'trail', runId: run.run_id, text });
  };
  for (let no = 1; no <= run.attempt_no; no += 1) {
    const rows = trail.filter((row) => row.kind === 'attempt' && row.attempt_no === no);
    if (rows.length === 0) {
      breach(`attempt ${no} of ${run.attempt_no} is not in the trail`);
      continue;
    }
    const startedAt = startOf(rows);
    const told = new Set(rows.flatMap((row) => row.claim_ids));
    const settled = new Set(
      trail
        .filter((row) => SETTLED.has(row.outcome) && row.recorded_us < startedAt)
        .flatMap((row) => row.claim_ids),
    );
    for (const claimId of claimIds) {
      if (told.has(claimId) || settled.has(claimId)) continue;
      breach(`attempt ${no} says nothing of claim ${claimId}`);
    }
  }
  const most = Math.max(0, ...trail.map((row) => row.attempt_no ?? 0));
  if (most > run.attempt_no) breach(`attempt ${most} is in the trail, and was never started`);
  return breaches;
}

/** When an attempt began, microseconds; late rows don't know it, and are later than the start. */
function startOf(rows: readonly TrailRow[]): number {
  return Math.min(...rows.map((row) => row.started_us ?? row.recorded_us));
}
