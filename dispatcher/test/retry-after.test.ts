import fc from 'fast-check';
import t from 'tap';
import { parseRetryAfter } from '../retry-after.ts';

const NOW = Date.UTC(2026, 2, 1, 12, 0, 0);
const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT';

void t.test('reads seconds', (t) => {
  const cases: readonly [string, number][] = [
    ['0', 0],
    ['1', 1_000],
    ['120', 120_000],
    [' 120 ', 120_000],
    ['0120', 120_000],
    ['1000000000000', 1e15],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
  ];
  for (const [value, ms] of cases) t.equal(parseRetryAfter(value, DATE, NOW), ms, value);
  t.end();
});

void t.test("measures a date against the answer's own Date", (t) => {
  const cases: readonly [string, number][] = [
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['Sun, 06 Nov 1994 08:49:36 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Sun, 06 Nov 1994 08:51:37 GMT', 120_000],
    ['Sunday, 06-Nov-94 08:51:37 GMT', 120_000],
    ['Sun Nov  6 08:51:37 1994', 120_000],
    ['Wed Nov 16 08:49:37 1994', 864_000_000],
    ['Sat, 31 Dec 1994 23:59:60 GMT', Date.UTC(1995, 0, 1) - Date.UTC(1994, 10, 6, 8, 49, 37)],
  ];
  for (const [value, ms] of cases) t.equal(parseRetryAfter(value, DATE, NOW), ms, value);
  t.end();
});

void t.test('measures a date against our own time only without a usable Date', (t) => {
  for (const date of [null, '', 'yesterday', 'Sun, 31 Feb 1994 08:49:37 GMT']) {
    t.equal(parseRetryAfter('Sun, 01 Mar 2026 12:00:30 GMT', date, NOW), 30_000, String(date));
    t.equal(parseRetryAfter('Sun, 01 Mar 2026 11:59:30 GMT', date, NOW), 0, 'passed');
  }
  t.end();
});

void t.test('two digits of a year lie at most 50 years ahead', (t) => {
  const wait = Date.UTC(2076, 0, 1) - NOW;
  t.equal(parseRetryAfter('Wednesday, 01-Jan-76 00:00:00 GMT', null, NOW), wait);
  t.equal(parseRetryAfter('Saturday, 01-Jan-77 00:00:00 GMT', null, NOW), 0, '1977');
  t.end();
});

void t.test('ignores what tells nothing usable', (t) => {
  const unusable = [
    null,
    '',
    ' ',
    '-1',
    '+1',
    '1.5',
    '1e3',
    '0x10',
    '120, 120',
    '120s',
    'Infinity',
    'NaN',
    '١٢٠',
    'soon 1',
    '2026-03-01T12:00:30Z',
    'Sun, 01 Mar 2026 12:00:30 +0100',
    'Sun, 01 Mar 2026 12:00:30',
    'Sun, 1 Mar 2026 12:00:30 GMT',
    'Sun, 01 mar 2026 12:00:30 GMT',
    'Sun, 01 Mai 2026 12:00:30 GMT',
    'Sun, 00 Mar 2026 12:00:30 GMT',
    'Tue, 31 Feb 2026 12:00:30 GMT',
    'Sun, 01 Mar 2026 24:00:00 GMT',
    'Sun, 01 Mar 2026 12:60:00 GMT',
    'Sun, 01 Mar 2026 12:00:61 GMT',
  ];
  for (const value of unusable) {
    t.equal(parseRetryAfter(value, DATE, NOW), null, String(value));
  }
  t.end();
});

void t.test('whatever a header holds, the answer is a wait or nothing', (t) => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string()), (value, date) => {
      const ms = parseRetryAfter(value, date, NOW);
      return ms === null || (Number.isSafeInteger(ms) && ms >= 0);
    }),
  );
  t.pass('for any text');
  t.end();
});

void t.test('a date as Date writes it is read back to the second', (t) => {
  const seconds = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 });
  fc.assert(
    fc.property(seconds, seconds, (until, answeredAt) => {
      const [value, date] = [until, answeredAt].map((s) => new Date(s * 1000).toUTCString());
      const ms = parseRetryAfter(value ?? null, date ?? null, NOW);
      return ms === Math.max(0, until - answeredAt) * 1000;
    }),
  );
  t.pass('for any pair of dates');
  t.end();
});
