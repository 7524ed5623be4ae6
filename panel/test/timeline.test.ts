import t from 'tap';

import { reasonOf, type Reason } from '../src/reasons.ts';
import type { TrailOutcome, TrailRow } from '../src/rows.ts';
import { stepsOf } from '../src/timeline.ts';

const row = (seq: number, given: Partial<TrailRow>): TrailRow => ({
  seq,
  run_id: 'r',
  kind: 'attempt',
  outcome: 'accepted',
  is_late: false,
  attempt_no: 1,
  claim_ids: ['a'],
  http_status: 201,
  error_message: null,
  external_ids: [],
  actor: null,
  started_at: '2026-03-03T09:00:00Z',
  recorded_at: '2026-03-03T09:00:01Z',
  ...given,
});

void t.test(
  'the envelopes of an attempt are one step, and what they told is counted by claims',
  (t) => {
    const steps = stepsOf([
      row(1, { claim_ids: ['a', 'b'] }),
      row(2, { claim_ids: ['c'] }),
      row(3, {
        claim_ids: ['d'],
        outcome: 'rejected',
        http_status: 400,
        error_message: 'no account',
      }),
      row(4, { claim_ids: ['d'], attempt_no: 2 }),
    ]);
    t.strictSame(
      steps.map((step) => [
        step.attemptNo,
        step.told.map((told) => [told.outcome, told.claimCount]),
      ]),
      [
        [
          1,
          [
            ['accepted', 3],
            ['rejected', 1],
          ],
        ],
        [2, [['accepted', 1]]],
      ],
    );
    t.end();
  },
);

void t.test('two questions are two steps, and so is what came late', (t) => {
  const steps = stepsOf([
    row(1, { outcome: 'unknown', http_status: null }),
    row(2, { kind: 'reconciliation', outcome: 'absent', started_at: '2026-03-03T09:05:00Z' }),
    row(3, { kind: 'reconciliation', outcome: 'absent', started_at: '2026-03-03T09:10:00Z' }),
    row(4, { attempt_no: 2 }),
    row(5, { attempt_no: 2, is_late: true }),
  ]);
  t.equal(steps.length, 5);
  t.end();
});

void t.test('who decided is told; which dispatcher carried an attempt is not', (t) => {
  const [attempt, decision] = stepsOf([
    row(1, { actor: 'dispatcher-1' }),
    row(2, { kind: 'decision', outcome: 'booked_by_hand', actor: 'kari' }),
  ]);
  t.equal(attempt?.actor, null);
  t.equal(decision?.actor, 'kari');
  t.end();
});

void t.test('every outcome has a reason in plain words, told by its status', (t) => {
  const rows: readonly [TrailOutcome, number | null, Reason][] = [
    ['accepted', 201, 'delivered'],
    ['rejected', 400, 'refusedData'],
    ['rejected', null, 'refused'],
    ['not_applied', null, 'unreached'],
    ['not_applied', 429, 'askedToWait'],
    ['not_applied', 200, 'askedToWait'],
    ['not_applied', 401, 'noAccess'],
    ['not_applied', 302, 'wrongAddress'],
    ['not_applied', 404, 'wrongAddress'],
    ['not_applied', 422, 'notApplied'],
    ['unknown', null, 'lostAnswer'],
    ['unknown', 408, 'lostAnswer'],
    ['unknown', 503, 'serverFault'],
    ['unknown', 409, 'alreadyThere'],
    ['unknown', 200, 'unclearAnswer'],
    ['import_confirmed', null, 'importConfirmed'],
  ];
  for (const [outcome, http_status, reason] of rows) {
    t.equal(reasonOf({ outcome, http_status }, 'xledger'), reason, `${outcome} ${http_status}`);
  }
  t.equal(reasonOf({ outcome: 'accepted', http_status: null }, 'file'), 'fileMade');
  const undone = { outcome: 'not_applied', http_status: 200 } as const;
  t.equal(
    reasonOf(undone, 'business_central', ['rejected']),
    'undoneBeside',
    'beside a refused claim',
  );
  const unsent = { outcome: 'not_applied', http_status: null } as const;
  t.equal(reasonOf(unsent, 'xledger', ['unknown']), 'notSentBeside', 'after an unknown one');
  t.end();
});
