/** Run by run: does it stand where it may, with the attempts and reservations that fit? */
import type { Breach, Evidence } from './breach.ts';
import { groupBy } from './check-claims.ts';
import type { ReservationRow, RunRow } from './snapshot.ts';

/** Attempts that are charged to nobody come on top of `max_attempts`; more than this is a loop. */
const MOST_UNCHARGED = 40;
const MOST_QUESTIONS = 20;
const HOLDS_NOTHING = new Set(['rejected', 'failed', 'skipped', 'cancelled']);

/** The breaches in runs and their reservations. */
export function checkRuns({ snapshot, asked }: Evidence): Breach[] {
  const reservations = groupBy(snapshot.reservations, (row) => row.run_id);
  const known = new Set(snapshot.runs.map((run) => run.run_id));
  const forgotten = [...asked.keys()].filter((runId) => !known.has(runId));
  return [
    ...forgotten.map((runId): Breach => {
      return { promise: 'lost', runId, text: 'an app was told of this run, and it is not there' };
    }),
    ...snapshot.runs.flatMap((run) => checkRun(run, reservations.get(run.run_id) ?? [])),
  ];
}

function checkRun(run: RunRow, rows: readonly ReservationRow[]): Breach[] {
  const breaches: Breach[] = [];
  const breach = (promise: Breach['promise'], text: string): void => {
    breaches.push({ promise, runId: run.run_id, text });
  };
  if (!run.is_ended && !run.has_time && !run.has_lease && !run.has_attention) {
    breach('stuck', `is ${run.state}, with no time, no lease and nobody's attention`);
  }
  if (!run.is_ended && run.state !== 'needs_review') {
    breach('stuck', `is still ${run.state} long after all went well again`);
  }
  if (run.is_asked) breach('stuck', 'ended, and its question was not answered');
  if (run.charged_attempts > run.max_attempts) {
    breach('attempts', `is charged ${run.charged_attempts} attempts of ${run.max_attempts}`);
  }
  if (run.attempt_no > run.max_attempts + MOST_UNCHARGED) {
    breach('attempts', `made ${run.attempt_no} attempts`);
  }
  if (run.question_count > MOST_QUESTIONS) {
    breach('attempts', `asked ${run.question_count} times`);
  }
  if (run.is_ended && run.still_open !== 0) {
    breach('sums', `ended, and ${run.still_open} of its claims are told to be open`);
  }
  const askedFor = [...run.claim_ids].sort().join();
  if (
    askedFor !==
    rows
      .map((row) => row.claim_id)
      .sort()
      .join()
  ) {
    breach('reservations', 'does not have one verdict for each claim that was asked for');
  }
  for (const row of rows) {
    const problem = problemOf(run, row);
    if (problem !== null) breach('reservations', `${run.state}: claim ${row.claim_id} ${problem}`);
    if (row.problem !== null) breach('disagreeing', `claim ${row.claim_id}: ${row.problem}`);
  }
  return breaches;
}

/** What is live is delivered, or open in a run that goes on; nothing else is held. */
function problemOf(run: RunRow, row: ReservationRow): string | null {
  const isLive = row.verdict === 'exportable' && !row.is_released;
  if (row.is_delivered && row.verdict !== 'exportable') return 'is delivered, and was not let in';
  if (row.is_delivered && !isLive && row.outcome !== 'voided') return 'is delivered and let go';
  if (isLive && HOLDS_NOTHING.has(run.state)) return 'is held by a run that holds nothing';
  if (isLive && run.is_ended && !row.is_delivered) return 'is held, and was not delivered';
  if (run.state === 'exported' && row.verdict === 'exportable' && !row.is_delivered) {
    return 'is not delivered';
  }
  const isSettled = row.outcome === 'rejected' || row.outcome === 'proved_absent';
  if (!run.is_ended && row.verdict === 'exportable' && !isLive && !isSettled) {
    return row.outcome === 'voided' ? null : 'is let go, and the run goes on';
  }
  return null;
}
