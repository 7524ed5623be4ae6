import t from 'tap';

import { boundsOf } from '../src/oslo.ts';
import { readTerm } from '../src/search-term.ts';

// Half past midnight in Norway, and still the day before by UTC.
const now = new Date('2026-03-04T23:30:00Z');
const day = (year: number, month: number, date: number) => ({
  kind: 'day',
  day: { year, month, day: date },
});

void t.test('dates are read as Norwegians and others write them', (t) => {
  const rows: readonly [string, ReturnType<typeof day>][] = [
    ['2026-03-03', day(2026, 3, 3)],
    ['3.3.2026', day(2026, 3, 3)],
    ['03.03.26', day(2026, 3, 3)],
    ['3.3.', day(2026, 3, 3)],
    ['3. mars', day(2026, 3, 3)],
    ['3. MARS 2025', day(2025, 3, 3)],
    ['3 March 2026', day(2026, 3, 3)],
    ['24/12', day(2025, 12, 24)],
    ['i dag', day(2026, 3, 5)],
    ['i går', day(2026, 3, 4)],
    ['29.2.2024', day(2024, 2, 29)],
  ];
  for (const [typed, term] of rows) t.strictSame(readTerm(typed, now), term, typed);
  t.end();
});

void t.test('what looks like a date and is none is searched for as it stands', (t) => {
  for (const typed of ['31.2.2026', '2026-13-01', '32.1.', '3. marsj']) {
    t.equal(readTerm(typed, now).kind, 'text', typed);
  }
  t.end();
});

void t.test('anything else is searched for as it was typed, less what surrounds it', (t) => {
  t.strictSame(readTerm('  hlf-2026-001 ', now), { kind: 'text', text: 'hlf-2026-001' });
  t.strictSame(readTerm('2026-1044', now), { kind: 'text', text: '2026-1044' });
  t.strictSame(readTerm('   ', now), { kind: 'empty' });
  t.end();
});

void t.test('a day begins and ends at midnight in Norway, also when the clocks change', (t) => {
  const rows: readonly [[number, number, number], string, string][] = [
    [[2026, 1, 15], '2026-01-14T23:00:00.000Z', '2026-01-15T23:00:00.000Z'],
    [[2026, 7, 1], '2026-06-30T22:00:00.000Z', '2026-07-01T22:00:00.000Z'],
    [[2026, 3, 29], '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    [[2026, 10, 25], '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    [[2026, 12, 31], '2026-12-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
  ];
  for (const [[year, month, date], from, before] of rows) {
    t.strictSame(
      boundsOf({ year, month, day: date }),
      { from, before },
      `${year}-${month}-${date}`,
    );
  }
  t.end();
});
