/** What a chaos run writes in the end: counts, what waits for a person, and each broken promise. */
import type { Screen } from '../demo/screen.ts';
import type { Breach } from './breach.ts';
import type { Verdict } from './check.ts';
import type { Fleet } from './fleet.ts';
import type { Played } from './play.ts';
import type { RunRow, Snapshot, TrailRow } from './snapshot.ts';

/** Runs whose trail is written out. */
const MOST_TRAILS = 3;
const MOST_BREACHES = 20;

/** All counts, in one order, as `name: number`. */
export function countsOf(
  played: Played,
  fleet: Fleet,
  snapshot: Snapshot,
  verdict: Verdict,
): ReadonlyMap<string, number> {
  const attempts = snapshot.runs.reduce((sum, run) => sum + run.attempt_no, 0);
  const kindCount = (isWanted: (row: TrailRow) => boolean) =>
    snapshot.trail.filter(isWanted).length;
  const breachCount = (promise: Breach['promise']) =>
    verdict.breaches.filter((breach) => breach.promise === promise).length;
  const faultCount = [...played.faults.given.values()].reduce((sum, count) => sum + count, 0);
  return new Map([
    ['claims put', snapshot.claims.length],
    ['requests', played.ledger.requestCount],
    ['lost answers to apps', played.ledger.lostAnswerCount],
    ['runs', snapshot.runs.length],
    ['attempts', attempts],
    ['doubts', kindCount(({ kind, outcome }) => kind === 'attempt' && outcome === 'unknown')],
    ['questions', kindCount(({ kind }) => kind === 'reconciliation')],
    ['late rows', kindCount(({ is_late: isLate }) => isLate)],
    ['faults given', faultCount],
    ['kills', fleet.counts.kills],
    ['stops', fleet.counts.stops],
    ['terminations', fleet.counts.terminations],
    ['cut sessions', played.trouble.cutSessions],
    ['garbage notifications', played.trouble.notifications],
    ['resumed integrations', played.trouble.resumes],
    ['cancellations', played.coordinator.cancellations],
    ['looked up for a person', played.coordinator.lookUps],
    ['flagged claims', played.coordinator.flags],
    ['claims booked', verdict.fates.booked],
    ['claims refused', verdict.fates.refused],
    ['claims given up', verdict.fates.givenUp],
    ['claims for a person', verdict.fates.forAPerson],
    ['needs a person', snapshot.runs.filter(needsAPerson).length],
    ['double bookings', breachCount('booked twice')],
    ['lost', breachCount('lost')],
    ['disagreeing', breachCount('disagreeing')],
  ]);
}

/** Writes the counts and the runs that wait for a person. */
export function showCounts(
  screen: Screen,
  counts: ReadonlyMap<string, number>,
  snapshot: Snapshot,
): void {
  screen.heading('What happened');
  for (const [name, count] of counts) screen.line(`  ${name.padEnd(24)} ${count}`);
  const waiting = snapshot.runs.filter(needsAPerson);
  if (waiting.length > 0) screen.heading('Runs that wait for a person');
  for (const run of waiting) screen.line(`  ${run.run_id}  ${run.review_reason ?? ''}`);
  for (const run of waiting.slice(0, MOST_TRAILS)) showTrail(screen, run.run_id, snapshot);
}

/** Writes each broken promise, and the trail of the first runs. */
export function showBreaches(
  screen: Screen,
  breaches: readonly Breach[],
  snapshot: Snapshot,
): void {
  screen.heading('Broken promises');
  for (const { promise, runId, text } of breaches.slice(0, MOST_BREACHES)) {
    screen.line(`  ${screen.bad(promise)}: ${runId === null ? '' : `run ${runId} `}${text}`);
  }
  if (breaches.length > MOST_BREACHES) {
    screen.line(`  … and ${breaches.length - MOST_BREACHES} more`);
  }
  const runIds = new Set(breaches.flatMap(({ runId }) => (runId === null ? [] : [runId])));
  for (const runId of [...runIds].slice(0, MOST_TRAILS)) showTrail(screen, runId, snapshot);
}

function showTrail(screen: Screen, runId: string, { runs, trail }: Snapshot): void {
  const state = runs.find((run) => run.run_id === runId)?.state ?? 'not there';
  screen.heading(`Run ${runId}, ${state}`);
  for (const row of trail) if (row.run_id === runId) screen.line(`  ${lineOf(row)}`);
}

/** Also an ended one, of which the ledger gave no clear answer. */
function needsAPerson(run: RunRow): boolean {
  return run.state === 'needs_review' || run.review_reason !== null;
}

function lineOf(row: TrailRow): string {
  const parts = [
    `seq ${row.seq}`,
    new Date(row.recorded_us / 1_000).toISOString(),
    `${row.kind} ${row.attempt_no ?? ''}`.trim(),
    row.is_late ? `${row.outcome} (late)` : row.outcome,
    `by ${row.actor}`,
    `${row.claim_ids.length} claims`,
    row.http_status === null ? '' : `HTTP ${row.http_status}`,
    row.error_message ?? '',
  ];
  return parts.filter((part) => part !== '').join('  ');
}
