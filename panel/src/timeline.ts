/** The trail, taken together: what one attempt, question or decision told is one step. */
import type { TrailKind, TrailOutcome, TrailRow } from './rows.ts';

export interface Told {
  readonly outcome: TrailOutcome;
  readonly httpStatus: number | null;
  readonly message: string | null;
  readonly isLate: boolean;
  readonly claimCount: number;
}

export interface Step {
  readonly key: string;
  readonly kind: TrailKind;
  readonly attemptNo: number | null;
  readonly actor: string | null;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly told: readonly Told[];
}

/**
 * Steps in the order in which they began to be told. An attempt writes a row per envelope and outcome;
 * rows that say the same are counted as one.
 */
export function stepsOf(rows: readonly TrailRow[]): Step[] {
  const steps: TrailRow[][] = [];
  for (const row of rows) {
    const current = steps.at(-1);
    const before = current?.at(-1);
    if (current !== undefined && before !== undefined && isSameStep(before, row)) current.push(row);
    else steps.push([row]);
  }
  return steps.map(toStep);
}

function isSameStep(before: TrailRow, row: TrailRow): boolean {
  if (before.kind !== row.kind || before.is_late !== row.is_late) return false;
  switch (row.kind) {
    case 'attempt':
      return before.attempt_no === row.attempt_no;
    case 'reconciliation':
      return before.started_at !== null && before.started_at === row.started_at;
    case 'decision':
      return before.actor === row.actor && before.recorded_at === row.recorded_at;
  }
}

function toStep(rows: readonly TrailRow[]): Step {
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('a step has rows');
  const told = new Map<string, { told: Told; claims: Set<string> }>();
  for (const row of rows) {
    const key = JSON.stringify([row.outcome, row.http_status, row.error_message]);
    const known = told.get(key);
    if (known !== undefined) row.claim_ids.forEach((id) => known.claims.add(id));
    else {
      told.set(key, {
        told: {
          outcome: row.outcome,
          httpStatus: row.http_status,
          message: row.error_message,
          isLate: row.is_late,
          claimCount: 0,
        },
        claims: new Set(row.claim_ids),
      });
    }
  }
  return {
    key: String(first.seq),
    kind: first.kind,
    attemptNo: first.attempt_no,
    actor: first.kind === 'decision' ? first.actor : null,
    startedAt: first.started_at ?? first.recorded_at,
    endedAt: last.recorded_at,
    told: [...told.values()].map(({ told: one, claims }) => ({ ...one, claimCount: claims.size })),
  };
}
