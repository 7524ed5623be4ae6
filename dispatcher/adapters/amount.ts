/**
 * Money without floating point: decimal strings to whole øre and back.
 *
 * Sums are made and compared in minor units, so that a voucher balances exactly or not at all.
 */

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal such as `"123.50"`, `"-7"` or `"1.5000"` as whole øre (or cents).
 *
 * Digits past the second decimal must be zeros: nothing is rounded, because a rounded sum is a
 * wrong sum.
 *
 * @param decimal an amount with a point and at most two decimals that count
 * @returns a safe integer, never `-0`
 * @throws RangeError if it is malformed, finer than an øre, or too large to be exact
 */
export function toMinorUnits(decimal: string): number {
  const match = DECIMAL.exec(decimal);
  if (match === null) throw new RangeError(`not a decimal amount: ${JSON.stringify(decimal)}`);
  const [, sign = '', whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(2))) {
    throw new RangeError(`finer than two decimals: ${JSON.stringify(decimal)}`);
  }
  const minor = Number(whole + fraction.slice(0, 2).padEnd(2, '0'));
  if (!Number.isSafeInteger(minor)) {
    throw new RangeError(`too large to be exact: ${JSON.stringify(decimal)}`);
  }
  return sign === '-' && minor !== 0 ? -minor : minor;
}

/**
 * Writes whole øre (or cents) as a decimal with two digits after the point: `12350` → `"123.50"`.
 *
 * @param minor a safe integer
 * @throws RangeError if it is not a safe integer
 */
export function fromMinorUnits(minor: number): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not whole minor units: ${String(minor)}`);
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
