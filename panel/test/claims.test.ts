import t from 'tap';

import { actsOn, choicesFor, splitVouchers } from '../src/acting.ts';
import { groupOf, readVoucher } from '../src/claim-groups.ts';
import { fileNameOf } from '../src/file-name.ts';
import { mergeRuns } from '../src/run-list.ts';
import { sumsOf } from '../src/run-page.ts';
import { groupHeldBack } from '../src/sending.ts';
import type { CheckedClaim, Claim, Run, RunState } from '../src/rows.ts';
import { otherRunIn } from '../src/views/claims.ts';

const run = (given: Partial<Run> = {}): Run => ({
  run_id: '0b0e4a52-7a54-4a5b-8e0f-3f6d3c1f0001',
  system: 'xledger',
  integration_status: 'exported',
  total_claims: 1,
  success_count: 1,
  failure_count: 0,
  skipped_count: 0,
  attempts: 1,
  requested_by: null,
  requested_at: '2026-03-03T09:00:00+00:00',
  exported_at: '2026-03-03T09:00:02+00:00',
  next_attempt_at: null,
  last_http_status: 200,
  last_error: null,
  ...given,
});
const claim = (given: Partial<Claim> = {}): Claim => ({
  run_id: run().run_id,
  claim_id: 'a',
  reference: 'HLF-1',
  verdict: 'exportable',
  outcome: 'accepted',
  external_id: null,
  error: null,
  exported_at: null,
  booked_at: null,
  fault: null,
  ...given,
});

void t.test('a claim is sorted by verdict, outcome and the state of its run', (t) => {
  const rows: readonly [Partial<Claim>, RunState, string][] = [
    [{ outcome: 'found' }, 'needs_review', 'delivered'],
    [{ outcome: 'accepted' }, 'produced', 'file'],
    [{ outcome: null }, 'queued', 'open'],
    [{ outcome: 'unknown' }, 'in_doubt', 'open'],
    [{ outcome: 'not_applied' }, 'failed', 'refused'],
    [{ outcome: null }, 'cancelled', 'withdrawn'],
    [{ outcome: 'voided' }, 'exported', 'withdrawn'],
    [{ verdict: 'unmapped', outcome: null }, 'exported', 'heldBack'],
  ];
  for (const [given, state, group] of rows) t.equal(groupOf(claim(given), state), group, group);
  t.end();
});

void t.test('only what the state allows is offered', (t) => {
  const acts = (given: Partial<Run>, claims = [claim()]) => actsOn(run(given), claims);
  const open = [claim({ outcome: 'unknown' })];
  t.strictSame(acts({ integration_status: 'needs_review' }, open), [
    'resolve',
    'reconcile',
    'flag',
  ]);
  t.strictSame(acts({ integration_status: 'queued', attempts: 0 }, open), ['cancel', 'flag']);
  t.strictSame(acts({ integration_status: 'sending' }, open), ['flag']);
  t.strictSame(acts({ integration_status: 'retry_wait' }, open), ['reconcile', 'cancel', 'flag']);
  t.strictSame(acts({ integration_status: 'exported' }), ['reconcile', 'void', 'flag']);
  t.strictSame(acts({ integration_status: 'produced', system: 'file' }), [
    'confirm',
    'download',
    'void',
    'flag',
  ]);
  t.strictSame(acts({ integration_status: 'exported', system: 'file' }), [
    'download',
    'void',
    'flag',
  ]);
  t.strictSame(
    acts({ integration_status: 'skipped', attempts: 0 }, [
      claim({ verdict: 'unknown', outcome: null }),
    ]),
    [],
    'nobody can doubt a claim that there is not',
  );
  t.end();
});

void t.test('a resolution is about the open claims alone', (t) => {
  const claims = [claim({ claim_id: 'a' }), claim({ claim_id: 'b', outcome: 'unknown' })];
  const choices = choicesFor('resolve', run({ integration_status: 'needs_review' }), claims);
  t.strictSame(
    choices.map((each) => each.claim_id),
    ['b'],
  );
  t.end();
});

void t.test('voucher numbers are split, and each is taken once', (t) => {
  t.strictSame(splitVouchers(' 1044, 1045;1044 ,, '), ['1044', '1045']);
  t.strictSame(splitVouchers('  '), []);
  t.strictSame(readVoucher('item:123'), { kind: 'item', number: '123' });
  t.strictSame(readVoucher('2026-1044'), { kind: null, number: '2026-1044' });
  t.end();
});

void t.test(
  'what was exported already is told by day, newest first, ahead of what is held back otherwise',
  (t) => {
    const checked = (
      claim_id: string,
      verdict: CheckedClaim['verdict'],
      run_id: string | null,
    ) => ({
      claim_id,
      reference: claim_id,
      verdict,
      detail: null,
      run_id,
    });
    const runs = [
      run({ run_id: 'march', exported_at: '2026-03-03T09:00:00+00:00' }),
      // Still the 3rd by UTC, and the 4th in Norway.
      run({ run_id: 'late', exported_at: '2026-03-03T23:30:00+00:00' }),
    ];
    const groups = groupHeldBack(
      [
        checked('1', 'unmapped', null),
        checked('2', 'already_exported', 'march'),
        checked('3', 'exportable', null),
        checked('4', 'already_exported', 'late'),
        checked('5', 'already_exported', 'march'),
        checked('6', 'already_exported', null),
      ],
      runs,
    );
    t.strictSame(
      groups.map((group) => [group.verdict, group.day?.day ?? null, group.claims.length]),
      [
        ['already_exported', 4, 1],
        ['already_exported', 3, 2],
        ['already_exported', null, 1],
        ['unmapped', null, 1],
      ],
    );
    t.end();
  },
);

void t.test('runs are merged by id, newest first, as they were read last', (t) => {
  const old = run({ run_id: 'b', integration_status: 'queued' });
  const merged = mergeRuns(
    [old, run({ run_id: 'a', requested_at: '2026-03-03T09:00:00.5+00:00' })],
    [{ ...old, integration_status: 'exported' }, run({ run_id: 'c' })],
  );
  t.strictSame(
    merged.map((each) => [each.run_id, each.integration_status]),
    [
      ['a', 'exported'],
      ['b', 'exported'],
      ['c', 'exported'],
    ],
  );
  t.end();
});

void t.test('amounts are summed where all are of one currency', (t) => {
  const claims = [
    claim({ amount: 0.1, currency: 'NOK' }),
    claim({ amount: '0.20', currency: 'NOK', outcome: 'rejected' }),
  ];
  t.strictSame(sumsOf(claims, run()), { currency: 'NOK', all: 30, delivered: 10 });
  t.equal(sumsOf([...claims, claim({ amount: 1, currency: 'EUR' })], run()), null);
  t.equal(sumsOf([claim()], run()), null, 'amounts that are not told');
  t.end();
});

void t.test('a file is saved under the name it was given, or under one of its run', (t) => {
  t.equal(fileNameOf('attachment; filename="BF-0123.gl.csv"', 'abcdef12-x'), 'BF-0123.gl.csv');
  t.equal(fileNameOf(null, 'abcdef12-x'), 'export-abcdef12.csv');
  t.equal(fileNameOf('attachment; filename="../../x"', 'abcdef12-x'), 'export-abcdef12.csv');
  t.end();
});

void t.test('the run that stands in the way is read from the detail', (t) => {
  t.equal(otherRunIn(`exported by run ${run().run_id}`), run().run_id);
  t.equal(otherRunIn('found in the ledger, exported by no run known here'), null);
  t.equal(otherRunIn(null), null);
  t.end();
});
