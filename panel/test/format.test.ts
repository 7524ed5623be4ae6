import t from 'tap';

import { distance, formatterOf, toCents } from '../src/format.ts';

const nb = formatterOf('nb');
const en = formatterOf('en');
/** What separates thousands, and the sign from its number, doesn't break over lines. */
const plain = (text: string): string =>
  text.replace(/[\u00a0\u202f]/g, ' ').replace(/\u2212/g, '-');

void t.test('amounts are written as Norwegians write them, in both languages', (t) => {
  const rows: readonly [number | string, string][] = [
    [1234.5, '1 234,50 kr'],
    ['1234.50', '1 234,50 kr'],
    [0.1 + 0.2, '0,30 kr'],
    [-250, '-250,00 kr'],
    [9_999_999_999.99, '9 999 999 999,99 kr'],
  ];
  for (const [amount, written] of rows) {
    t.equal(plain(nb.amount(toCents(amount) ?? 0, 'NOK')), written, `${amount}`);
    t.equal(plain(en.amount(toCents(amount) ?? 0, 'NOK')), written, `${amount} in English`);
  }
  t.end();
});

void t.test('an amount keeps its hundredths, whatever its currency has coins for', (t) => {
  t.match(plain(nb.amount(toCents('150.50') ?? 0, 'EUR')), /^150,50 /);
  t.match(plain(nb.amount(toCents('150.50') ?? 0, 'JPY')), /^150,50 /);
  t.match(plain(en.amount(toCents('150.50') ?? 0, 'XQZ')), /^150,50 /, 'a code nobody knows');
  t.end();
});

void t.test('sums of hundredths do not drift', (t) => {
  const cents = Array.from({ length: 500 }, () => toCents(0.1) ?? 0);
  t.equal(
    cents.reduce((a, b) => a + b, 0),
    5000,
  );
  for (const none of [null, undefined, '', 'x', Number.NaN])
    t.equal(toCents(none), null, `${none}`);
  t.end();
});

void t.test('times are those of Norway, wherever the browser stands', (t) => {
  t.match(plain(nb.dateTime('2026-03-03T13:05:00+00:00')), /3\. mars 2026.*14[.:]05/);
  t.match(plain(nb.dateTime('2026-07-01T22:30:00+00:00')), /2\. juli 2026.*00[.:]30/, 'summer');
  t.match(plain(en.dateTime('2026-03-03T13:05:00+00:00')), /3 Mar 2026.*14:05/);
  t.equal(nb.day({ year: 2026, month: 3, day: 3 }), '3. mars 2026');
  t.end();
});

void t.test('a span is told in the unit in which one would say it', (t) => {
  const rows: readonly [number, number, string][] = [
    [-400, 0, 'second'],
    [-59_400, -59, 'second'],
    [-59_600, -1, 'minute'],
    [-3_590_000, -1, 'hour'],
    [90_000, 2, 'minute'],
    [-23.7 * 3_600_000, -1, 'day'],
    [-40 * 86_400_000, -40, 'day'],
  ];
  for (const [ms, value, unit] of rows) t.strictSame(distance(ms), { value, unit }, `${ms}`);
  const now = Date.parse('2026-03-03T13:05:00Z');
  t.equal(nb.relative('2026-03-03T13:02:00Z', now), 'for 3 minutter siden');
  t.equal(en.relative('2026-03-03T15:05:00Z', now), 'in 2 hours');
  t.end();
});
