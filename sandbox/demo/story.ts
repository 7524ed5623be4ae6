/**
 * Tells what became of each run, from the trail and from what the guard said of each claim. Told is
 * what is there: a milestone that the rows don't show gives no sentence.
 */
import type { Milestone } from './acts.ts';
import { shortId, type ClaimRow, type PlayedRun, type TrailRow } from './play.ts';
import { seconds } from './screen.ts';

/** The order in which the milestones are told, and what each is called. */
export const TITLES: readonly (readonly [Milestone, string])[] = [
  ['throttled', 'Throttled: it waits as told, and sends again'],
  ['server_error', 'HTTP 500: it asks what the ledger has before it sends again'],
  ['lost_answer', 'An answer lost after booking: found by asking, not sent again'],
  ['rejected', 'A claim that the ledger refuses: its siblings are delivered'],
  ['unmapped', 'An expense type without an account: the guard holds that claim back'],
  ['repeat', 'The same claims once more: the guard sends none of them'],
];

const TELLERS: Readonly<Record<Milestone, (run: PlayedRun) => string | null>> = {
  throttled: tellThrottled,
  server_error: tellServerError,
  lost_answer: tellLostAnswer,
  rejected: tellRejected,
  unmapped: tellUnmapped,
  repeat: tellRepeat,
};

/** What Xledger wants for its burst code, which it doesn't say in the answer. */
const BURST_WAIT_MS = 5_000;

export interface Told {
  readonly milestone: Milestone;
  readonly title: string;
  /** One for each run that was to show it. */
  readonly sentences: readonly string[];
  /** The runs that were to show it, and whose rows don't. */
  readonly missing: readonly PlayedRun[];
}

/** All six, in their order; one that no run was to show at all has no sentence either. */
export function tell(runs: readonly PlayedRun[]): Told[] {
  return TITLES.map(([milestone, title]) => {
    const concerned = runs.filter(({ act }) => act.shows.includes(milestone));
    const told = concerned.map((run) => ({ run, sentence: TELLERS[milestone](run) }));
    return {
      milestone,
      title,
      sentences: told.flatMap(({ run, sentence }) =>
        sentence === null
          ? []
          : [`${run.organisation.name} run ${shortId(run.runId)}: ${sentence}`],
      ),
      missing: told.filter(({ sentence }) => sentence === null).map(({ run }) => run),
    };
  });
}

function tellThrottled({ trail, status, act }: PlayedRun): string | null {
  const [refused, again] = sequence(trail, [
    (row) =>
      row.outcome === 'not_applied' &&
      (row.http_status === 429 || (row.error_message ?? '').includes('BURST_RATE_LIMIT')),
    (row) => row.outcome === 'accepted',
  ]);
  if (refused === undefined || again === undefined || !isAllDelivered(status)) return null;
  const retryAfter = act.fault?.retry_after;
  const toldMs = retryAfter === undefined ? BURST_WAIT_MS : Number(retryAfter) * 1000;
  if (millisecondsBetween(refused, again) < toldMs) return null;
  const answer =
    retryAfter === undefined
      ? 'BURST_RATE_LIMIT_REACHED under HTTP 200, which means 5 seconds'
      : `HTTP 429, Retry-After: ${retryAfter}`;
  return `answered ${answer}. Sent again ${between(refused, again)} later, all ${delivered(status)}.`;
}

function tellServerError({ trail, status }: PlayedRun): string | null {
  const [failed, asked, again] = sequence(trail, [
    (row) => row.outcome === 'unknown' && row.http_status === 500,
    (row) => row.kind === 'reconciliation' && row.outcome === 'absent',
    (row) => row.kind === 'attempt' && row.outcome === 'accepted',
  ]);
  if (failed === undefined || asked === undefined || again === undefined) return null;
  if (!isAllDelivered(status)) return null;
  return (
    `${claims(failed)} sent, answered HTTP 500. Asked, and answered ${between(failed, asked)} later: ` +
    `${asked.claim_ids.length} are not in the ledger. Sent again, all ${delivered(status)}.`
  );
}

function tellLostAnswer({ trail, status }: PlayedRun): string | null {
  const [lost, found] = sequence(trail, [
    (row) => row.outcome === 'unknown' && row.http_status === null,
    (row) => row.kind === 'reconciliation' && row.outcome === 'found',
  ]);
  if (lost === undefined || found === undefined || !isAllDelivered(status)) return null;
  const isSentAgain = trail.some(
    (row) =>
      row.kind === 'attempt' &&
      (row.attempt_no ?? 0) > (lost.attempt_no ?? 0) &&
      row.claim_ids.some((id) => found.claim_ids.includes(id)),
  );
  if (isSentAgain) return null;
  const others = status.success_count - found.claim_ids.length;
  return (
    `${claims(lost)} sent, and no answer. Asked, and answered ${between(lost, found)} later: ` +
    `${found.claim_ids.length} are in the ledger. None of them was sent again` +
    (others > 0 ? `; the run’s other ${others} followed.` : '.')
  );
}

function tellRejected({ claims: rows, status }: PlayedRun): string | null {
  const refused = rows.filter((row) => row.outcome === 'rejected');
  const [first] = refused;
  if (first === undefined || status.success_count === 0 || first.exported_at !== null) return null;
  return (
    `${refused.map(({ reference }) => reference).join(', ')} refused (${wordsOf(first)}), ` +
    `the other ${delivered(status)}.`
  );
}

/** The ledger's own words, less the number by which its support would look them up. */
function wordsOf({ error }: ClaimRow): string {
  return (error ?? 'without words').replace(/\s*CorrelationId:.*$/, '').replace(/\.$/, '');
}

function tellUnmapped({ claims: rows, status }: PlayedRun): string | null {
  const held = rows.filter((row) => row.verdict === 'unmapped');
  const [first] = held;
  if (first === undefined || status.success_count === 0) return null;
  return `${held.map(({ reference }) => reference).join(', ')} not sent: ${first.error ?? ''}.`;
}

function tellRepeat({ claims: rows, status, trail }: PlayedRun): string | null {
  const isAll = rows.every((row) => row.verdict === 'already_exported');
  if (!isAll || rows.length === 0 || status.attempts > 0 || trail.length > 0) return null;
  return `${rows.length} claims asked for, ${rows.length} already_exported, nothing sent.`;
}

/** For each condition the first row that meets it after the one before; undefined if there is none. */
function sequence(
  trail: readonly TrailRow[],
  conditions: readonly ((row: TrailRow) => boolean)[],
): (TrailRow | undefined)[] {
  let from = 0;
  return conditions.map((condition) => {
    const place = trail.findIndex((row, index) => index >= from && condition(row));
    from = place === -1 ? trail.length : place + 1;
    return trail[place];
  });
}

function isAllDelivered({ success_count, total_claims }: PlayedRun['status']): boolean {
  return success_count === total_claims;
}

function delivered({ success_count }: PlayedRun['status']): string {
  return `${success_count} delivered`;
}

function claims(row: TrailRow): string {
  return `${row.claim_ids.length} claims`;
}

/** From the recording of one row to the start of the attempt, or the answer, of the other. */
function millisecondsBetween(first: TrailRow, next: TrailRow): number {
  const at = next.kind === 'attempt' ? (next.started_at ?? next.recorded_at) : next.recorded_at;
  return Date.parse(at) - Date.parse(first.recorded_at);
}

function between(first: TrailRow, next: TrailRow): string {
  return seconds(millisecondsBetween(first, next));
}
