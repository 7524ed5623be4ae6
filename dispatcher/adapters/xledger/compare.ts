/** Compares what the ledger has of a claim with what we send. Pure. */
import { fromMinorUnits, toMinorUnits } from '../amount.ts';
import { externalIdOf } from './external-ids.ts';
import type { LedgerLine } from './ledger-lines.ts';
import type { GlImportNode, Voucher } from './mapper.ts';
import { REFERENCE_FIELDS } from './queries.ts';

/** `reason` holds counts, sums and codes only. */
export type Comparison =
  | { readonly kind: 'absent' }
  | { readonly kind: 'agrees'; readonly ids: readonly string[] }
  | { readonly kind: 'differs'; readonly ids: readonly string[]; readonly reason: string };

/**
 * Tells whether the lines are exactly one voucher of the claim, and all that is in it: as many lines,
 * each with the account, amount, tax rule and dimensions that we send, under one voucher number. What
 * couldn't be read isn't compared, and neither are fields that we leave out, which an account may
 * fill in by default (A), nor which number it is: booking may give another (A).
 *
 * @param lines all lines of the claim's reference, each once, without those voided
 */
export function compareVoucher(voucher: Voucher, lines: readonly LedgerLine[]): Comparison {
  if (lines.length === 0) return { kind: 'absent' };
  const ids = lines.map(externalIdOf);
  const expected = voucher.inputs.map((input) => input.node);
  const differs = (reason: string): Comparison => ({ kind: 'differs', ids, reason });
  if (lines.length !== expected.length) {
    return differs(`${lines.length} lines where ${expected.length} were expected`);
  }
  const vouchers = new Set(lines.map((line) => line.voucherNumber)).size;
  if (vouchers > 1) return differs(`its lines are in ${vouchers} vouchers`);
  if (lines.some((line) => line.sharesVoucher)) {
    return differs('its voucher holds other references too');
  }
  const sum = sumOf(lines);
  if (sum !== 0) {
    return differs(`the lines sum to ${sum === null ? 'no amount' : fromMinorUnits(sum)}`);
  }
  const left = new Set(lines);
  for (const node of expected) {
    const match = [...left].find((line) => agrees(node, line));
    if (match === undefined) {
      return differs(`no line of ${node.amount} on account ${node.account.code} as it was sent`);
    }
    left.delete(match);
  }
  return { kind: 'agrees', ids };
}

function agrees(node: GlImportNode, line: LedgerLine): boolean {
  const minor = toMinorUnits(node.amount);
  if (minorUnits(line.amount) !== minor) return false;
  if (line.invoiceAmount !== null && minorUnits(line.invoiceAmount) !== minor) return false;
  return REFERENCE_FIELDS.every((field) => {
    const sent = node[field]?.code;
    const read = line.codes[field];
    return sent === undefined || read === undefined || sent === read;
  });
}

function sumOf(lines: readonly LedgerLine[]): number | null {
  let sum = 0;
  for (const line of lines) {
    const minor = minorUnits(line.amount);
    if (minor === null) return null;
    sum += minor;
  }
  return sum;
}

/** An amount as Xledger writes it, in whole øre; null if it is no exact amount. */
export function minorUnits(amount: string | null): number | null {
  try {
    return amount === null ? null : toMinorUnits(amount);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
