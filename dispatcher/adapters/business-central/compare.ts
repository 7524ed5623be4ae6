/** Compares what Business Central has with what we would send. Pure. */
import { toMinorUnits } from '../amount.ts';
import type { Voucher } from './mapper.ts';
import { isBlank, sameCode } from './records.ts';
import type { Dimension, JournalLine, LedgerEntry } from './records.ts';

/** What a journal or the ledger has of one voucher; `detail` counts, and names nothing personal. */
export type Comparison =
  | { readonly kind: 'none' }
  | { readonly kind: 'equal' }
  | { readonly kind: 'different'; readonly detail: string };

/**
 * Lines of one document against the voucher: their number, line numbers, accounts and amounts, and
 * that nothing balances a line a second time. Dimensions are compared apart.
 */
export function compareLines(voucher: Voucher, lines: readonly JournalLine[]): Comparison {
  if (lines.length === 0) return { kind: 'none' };
  const byNumber = new Map(lines.map((line) => [line.lineNumber, line]));
  const isEqual =
    lines.length === voucher.lines.length &&
    voucher.lines.every((wanted) => {
      const line = byNumber.get(wanted.lineNumber);
      return (
        line !== undefined &&
        sameCode(line.accountNumber, wanted.accountNumber) &&
        sameCode(line.documentNumber, wanted.documentNumber) &&
        minorUnits(line.amount) === wanted.amountMinor &&
        (line.balancingAccountNumber ?? '') === ''
      );
    });
  if (isEqual) return { kind: 'equal' };
  const amounts = lines.map((line) => minorUnits(line.amount));
  return different(voucher, 'in the journal', amounts);
}

/**
 * Posted entries of one document against the voucher: their number, accounts, amounts and
 * dimensions. Nothing of it can be repaired any more. Where VAT is split off a line, the entries
 * differ from the lines, and a person is asked.
 */
export function compareEntries(voucher: Voucher, entries: readonly LedgerEntry[]): Comparison {
  if (entries.length === 0) return { kind: 'none' };
  const left = [...entries];
  // Lines with most dimensions first, lest a line with fewer takes the entry that they need.
  const wanted = [...voucher.lines].sort(
    (a, b) => Object.keys(b.dimensions).length - Object.keys(a.dimensions).length,
  );
  const isEqual =
    entries.length === wanted.length &&
    wanted.every((line) => {
      const key = bookingKey(line.accountNumber, line.amountMinor);
      const i = left.findIndex(
        (entry) =>
          entryKey(entry) === key &&
          Object.entries(line.dimensions).every(([code, valueCode]) =>
            sameCode(dimensionOf(entry.dimensionSetLines, code)?.valueCode ?? '', valueCode),
          ),
      );
      if (i >= 0) left.splice(i, 1);
      return i >= 0;
    });
  if (isEqual) return { kind: 'equal' };
  return different(voucher, 'in the ledger', entries.map(entryAmount));
}

/**
 * Leaves out what a person removed. Posted entries stay for ever, so beside a voided entry the one
 * that reverses it is left out too. If only the draft's ids were known when it was voided, entries
 * that cancel each other out are left out in pairs.
 *
 * @param entries of one document
 * @param voided ids as the trail holds them; with none, nothing is left out
 */
function withoutVoided(
  entries: readonly LedgerEntry[],
  voided: ReadonlySet<string>,
): LedgerEntry[] {
  if (voided.size === 0) return [...entries];
  const isVoided = (entry: LedgerEntry) => voided.has(entryExternalId(entry));
  // Voided ones first, so that a reversal is never held against a later, valid booking.
  const left = [...entries].sort((a, b) => Number(isVoided(b)) - Number(isVoided(a)));
  for (let i = 0; i < left.length; i += 1) {
    const entry = left[i];
    if (entry === undefined) break;
    const opposite = bookingKey(entry.accountNumber, -entryAmount(entry));
    const j = left.findIndex((other, at) => at > i && entryKey(other) === opposite);
    if (j < 0) continue;
    left.splice(j, 1);
    left.splice(i, 1);
    i -= 1;
  }
  return left.filter((entry) => !isVoided(entry));
}

/** The lines that bear a voucher's document number. */
export function linesOf(voucher: Voucher, lines: readonly JournalLine[]): JournalLine[] {
  return lines.filter((line) => sameCode(line.documentNumber, voucher.documentNumber));
}

/** The entries that bear a voucher's document number, less what a person removed. */
export function entriesOf(
  voucher: Voucher,
  entries: readonly LedgerEntry[],
  voided: ReadonlySet<string>,
): LedgerEntry[] {
  const ours = entries.filter((entry) => sameCode(entry.documentNumber, voucher.documentNumber));
  return withoutVoided(ours, voided);
}

/** How the trail names a posted entry; a line of a journal is named by its bare id. */
export function entryExternalId(entry: LedgerEntry): string {
  return `entry:${entry.id}`;
}

/** One dimension that a line should have and hasn't. */
export interface DimensionGap {
  readonly lineId: string;
  readonly code: string;
  readonly valueCode: string;
  /** The id of the dimension that the line has under this code with another value, or null. */
  readonly wrongId: string | null;
}

/**
 * What the lines of a voucher lack. Dimensions beyond ours may come from the account's defaults,
 * and are left alone.
 *
 * @param lines of the journal, also those of other vouchers
 */
export function dimensionGaps(voucher: Voucher, lines: readonly JournalLine[]): DimensionGap[] {
  const byNumber = new Map(lines.map((line) => [line.lineNumber, line]));
  return voucher.lines.flatMap((wanted) => {
    const line = byNumber.get(wanted.lineNumber);
    if (line === undefined) return [];
    return Object.entries(wanted.dimensions).flatMap(([code, valueCode]) => {
      const found = dimensionOf(line.dimensionSetLines, code);
      if (found !== undefined && sameCode(found.valueCode, valueCode)) return [];
      return [{ lineId: line.id, code, valueCode, wrongId: found?.id ?? null }];
    });
  });
}

/**
 * Why a journal must not be taken for one that never held the claims, or null: a blank line, or
 * one that is gone or empty though the trail knows better (DESIGN, section 6).
 *
 * @param lines all lines of the journal; null if there is no journal
 * @param known ids of the trail, less those that were voided
 */
export function journalSuspicion(
  lines: readonly JournalLine[] | null,
  known: readonly string[],
): string | null {
  if (lines === null) {
    return known.length > 0 ? 'the journal is gone though it was there' : null;
  }
  if (lines.some(isBlank)) return 'the journal holds a blank line, as posting leaves it';
  const hadLines = known.some((id) => !id.startsWith('journal:'));
  if (lines.length === 0 && hadLines) return 'the journal is empty though it had lines';
  return null;
}

function different(voucher: Voucher, where: string, amounts: readonly number[]): Comparison {
  const sum = (values: readonly number[]) =>
    values.filter((value) => value > 0).reduce((total, value) => total + value, 0);
  const wanted = voucher.lines.map((line) => line.amountMinor);
  const detail =
    `${voucher.documentNumber} ${where}: ${String(amounts.length)} lines, debit ${kroner(sum(amounts))}; ` +
    `expected ${String(wanted.length)} lines, debit ${kroner(sum(wanted))}`;
  return { kind: 'different', detail };
}

function dimensionOf(
  dimensions: readonly Dimension[] | undefined,
  code: string,
): Dimension | undefined {
  return dimensions?.find((dimension) => sameCode(dimension.code, code));
}

function kroner(minor: number): string {
  return (minor / 100).toFixed(2);
}

function entryAmount(entry: LedgerEntry): number {
  return minorUnits(entry.debitAmount) - minorUnits(entry.creditAmount);
}

function entryKey(entry: LedgerEntry): string {
  return bookingKey(entry.accountNumber, entryAmount(entry));
}

function bookingKey(account: string, amountMinor: number): string {
  return `${account.toUpperCase()} ${String(amountMinor)}`;
}

/** NaN, which equals nothing, for a number that is no amount. */
function minorUnits(amount: number): number {
  try {
    return toMinorUnits(String(amount));
  } catch {
    return Number.NaN;
  }
}
