import fc from 'fast-check';
import t from 'tap';
import { fromMinorUnits, toMinorUnits } from '../adapters/amount.ts';

void t.test('reads decimals as whole øre', (t) => {
  const cases: readonly [string, number][] = [
    ['0', 0],
    ['-0.00', 0],
    ['7', 700],
    ['1.5', 150],
    ['123.50', 12350],
    ['-1234.05', -123405],
    ['0.29', 29],
    ['1.500000', 150],
    ['90071992547409.91', 9007199254740991],
  ];
  for (const [decimal, minor] of cases) {
    t.equal(toMinorUnits(decimal), minor, decimal);
  }
  t.end();
});

void t.test('refuses what is not an exact amount', (t) => {
  for (const bad of [
    '',
    ' 1',
    '1,50',
    '1.',
    '.5',
    '+1',
    '1e3',
    'NaN',
    '0x10',
    '1.005',
    '90071992547409.92',
  ]) {
    t.throws(() => toMinorUnits(bad), RangeError, bad);
  }
  t.end();
});

void t.test('writes two decimals, and refuses fractions of an øre', (t) => {
  t.equal(fromMinorUnits(0), '0.00');
  t.equal(fromMinorUnits(5), '0.05');
  t.equal(fromMinorUnits(-5), '-0.05');
  t.equal(fromMinorUnits(-123405), '-1234.05');
  for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    t.throws(() => fromMinorUnits(bad), RangeError, String(bad));
  }
  t.end();
});

void t.test('what is written reads back as the same amount', (t) => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (minor) => toMinorUnits(fromMinorUnits(minor)) === minor),
  );
  t.pass('for any safe integer');
  t.end();
});
