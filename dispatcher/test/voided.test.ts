import fc from 'fast-check';
import t from 'tap';
import { withoutVoided } from '../adapters/voided.ts';
import type { Booking } from '../adapters/voided.ts';

interface Row extends Booking {
  readonly id: string;
  /** Of no account here: a reversal may lack it. */
  readonly dimension: string;
}

const rowsOf = (bookings: readonly Booking[], name: string): Row[] =>
  bookings.map((booking, index) => ({ ...booking, id: `${name}${index}`, dimension: name }));
const reversed = (bookings: readonly Booking[]): Booking[] =>
  bookings.map(({ account, amountMinor }) => ({ account, amountMinor: -(amountMinor ?? 0) }));
const byBooking = (rows: readonly Booking[]): string[] =>
  rows.map(({ account, amountMinor }) => `${account} ${amountMinor}`).sort();

function left(
  rows: readonly Row[],
  voided: readonly string[],
  expected: readonly Booking[] | null,
): Row[] {
  return withoutVoided(rows, {
    isVoided: ({ id }) => voided.includes(id),
    bookingOf: (row) => row,
    hasVoided: voided.length > 0,
    expected,
  });
}

const amount = fc.integer({ min: -500, max: 500 }).filter((minor) => minor !== 0);
/** A balanced voucher that isn't its own reversal: it owes something. */
const anyVoucher = fc
  .array(fc.record({ account: fc.constantFrom('7100', '7150'), amountMinor: amount }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((lines) => ({ lines, sum: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0) }))
  .filter(({ sum }) => sum !== 0)
  .map(({ lines, sum }): Booking[] => [...lines, { account: '2910', amountMinor: -sum }]);

void t.test('what is voided is left out with its reversal, and nothing else', (t) => {
  fc.assert(
    fc.property(anyVoucher, anyVoucher, fc.boolean(), fc.nat(), (old, now, isRebooked, seed) => {
      const first = rowsOf(old, 'old');
      const reversal = rowsOf(reversed(old), 'reversal');
      const rebooked = isRebooked ? rowsOf(now, 'now') : [];
      // Postings come one after the other; within each, the order is anybody's.
      const turned = [...reversal.slice(seed % 7), ...reversal.slice(0, seed % 7)];
      const rows = left(
        [...first, ...turned, ...rebooked],
        first.map(({ id }) => id),
        now,
      );
      return byBooking(rows).join() === byBooking(rebooked).join();
    }),
  );
  t.end();
});

void t.test(
  'drafts that were voided, posted and reversed leave nothing, or the new booking',
  (t) => {
    fc.assert(
      fc.property(anyVoucher, anyVoucher, fc.boolean(), (old, now, isRebooked) => {
        const rebooked = isRebooked ? rowsOf(now, 'now') : [];
        const rows = left(
          [...rowsOf(old, 'old'), ...rowsOf(reversed(old), 'reversal'), ...rebooked],
          ['a draft that is gone'],
          now,
        );
        return byBooking(rows).join() === byBooking(rebooked).join();
      }),
    );
    t.end();
  },
);

void t.test('a row that undoes nothing counts, whatever was voided', (t) => {
  fc.assert(
    fc.property(anyVoucher, fc.integer({ min: 1, max: 999 }), (voucher, extra) => {
      const first = rowsOf(voucher, 'old');
      const more = rowsOf([{ account: '7799', amountMinor: extra }], 'extra');
      const rows = left(
        [...first, ...rowsOf(reversed(voucher), 'reversal'), ...more],
        first.map(({ id }) => id),
        voucher,
      );
      return rows.some(({ id }) => id === 'extra0');
    }),
  );
  t.end();
});

const VOUCHER: readonly Booking[] = [
  { account: '7100', amountMinor: 100 },
  { account: '2910', amountMinor: -100 },
];

void t.test('each reversal undoes one voided row, and a second one counts', (t) => {
  const first = rowsOf(VOUCHER, 'old');
  const ids = first.map(({ id }) => id);
  const twice = [...rowsOf(reversed(VOUCHER), 'r1-'), ...rowsOf(reversed(VOUCHER), 'r2-')];
  t.match(left([...first, ...twice], ids, VOUCHER), { length: 2 });
  t.end();
});

void t.test('where nothing was voided, what cancels out still counts', (t) => {
  const rows = [...rowsOf(VOUCHER, 'old'), ...rowsOf(reversed(VOUCHER), 'reversal')];
  t.match(left(rows, [], VOUCHER), { length: 4 });
  t.end();
});

void t.test('half a reversal of what nobody named undoes nothing', (t) => {
  const rows = [...rowsOf(VOUCHER, 'old'), ...rowsOf(reversed(VOUCHER).slice(1), 'half')];
  t.match(left(rows, ['a draft'], VOUCHER), { length: 3 });
  t.match(left(rows, ['a draft'], null), { length: 3 }, 'nor where we know of no voucher');
  t.end();
});

void t.test('of two bookings alike, the newer is what is left', (t) => {
  const rows = [
    ...rowsOf(VOUCHER, 'old'),
    ...rowsOf(reversed(VOUCHER), 'reversal'),
    ...rowsOf(VOUCHER, 'now'),
  ];
  t.match(
    left(rows, ['a draft'], VOUCHER).map(({ id }) => id),
    ['now0', 'now1'],
  );
  t.end();
});

void t.test('without accounts amounts decide; a row without an amount undoes nothing', (t) => {
  const nameless = VOUCHER.map((booking) => ({ ...booking, account: null }));
  const first = rowsOf(nameless, 'old');
  const reversal = rowsOf(reversed(VOUCHER), 'reversal');
  t.strictSame(
    left(
      [...first, ...reversal],
      first.map(({ id }) => id),
      VOUCHER,
    ),
    [],
  );
  const undone = [...first, ...rowsOf(reversed(nameless), 'reversal')];
  t.match(left(undone, ['a draft'], VOUCHER), { length: 4 }, 'but not of what nobody named');
  const unread = [{ id: 'x', dimension: '', account: '7100', amountMinor: null }];
  t.match(left(unread, ['a draft'], VOUCHER), { length: 1 });
  t.end();
});
