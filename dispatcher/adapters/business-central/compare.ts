/** Compares what Business Central has with what we would send. Pure. */
import { toMinorUnits } from '../amount.ts';
import { withoutVoided } from '../voided.ts';
import { entryExternalId } from './external-ids.ts';
import type { Voucher, VoucherLine } from './mapper.ts';
import type { Plan } from './plan.ts';
import { GL_ACCOUNT, sameCode } from './records.ts';
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
        line.accountType === GL_ACCOUNT &&
        sameCode(line.accountNumber, wanted.accountNumber) &&
        sameCode(line.documentNumber, wanted.documentNumber) &&
        minorUnits(line.amount) === wanted.amountMinor &&
        line.balancingAccountNumber === ''
      );
    });
  if (isEqual) return { kind: 'equal' };
  const amounts = lines.map((line) => minorUnits(line.amount));
  return different(voucher, 'in the journal', amounts);
}

/**
 * Posted entries of one document against the voucher: their number, accounts, amounts and
 * dimensions. Nothing of it can be repaired any more. Where VAT is split off a line, the entries
 * differ from the lines, and a person is asked. A line of nothing makes no entry.
 */
export function compareEntries(voucher: Voucher, entries: readonly LedgerEntry[]): Comparison {
  if (entries.length === 0) return { kind: 'none' };
  const left = [...entries];
  const wanted = byMostDimensions(voucher).filter((line) => line.amountMinor !== 0);
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
 * Gives lines that were matched with the voucher's by account, amount and dimensions the numbers of
 * those, and others numbers of no line: for journals that we didn't send to, where a line may bear
 * any number.
 *
 * @param lines of one document
 */
export function alignLines(voucher: Voucher, lines: readonly JournalLine[]): JournalLine[] {
  const left = [...lines];
  const aligned: JournalLine[] = [];
  const rules = [hasAll, hasNoOther, () => true];
  for (const fits of rules) {
    for (const wanted of byMostDimensions(voucher)) {
      if (aligned.some(({ lineNumber }) => lineNumber === wanted.lineNumber)) continue;
      const i = left.findIndex(
        (line) =>
          sameCode(line.accountNumber, wanted.accountNumber) &&
          minorUnits(line.amount) === wanted.amountMinor &&
          fits(line, wanted),
      );
      const [line] = i < 0 ? [] : left.splice(i, 1);
      if (line !== undefined) aligned.push({ ...line, lineNumber: wanted.lineNumber });
    }
  }
  return [...aligned, ...left.map((line, index) => ({ ...line, lineNumber: -1 - index }))];
}

/** Lines with most dimensions first, lest a line with fewer takes what they need. */
function byMostDimensions(voucher: Voucher): VoucherLine[] {
  return [...voucher.lines].sort(
    (a, b) => Object.keys(b.dimensions).length - Object.keys(a.dimensions).length,
  );
}

function hasAll(line: JournalLine, wanted: VoucherLine): boolean {
  return gapsOf(line, wanted).length === 0;
}

function hasNoOther(line: JournalLine, wanted: VoucherLine): boolean {
  return gapsOf(line, wanted).every((gap) => gap.wrongId === null);
}

/**
 * The lines that bear a document number; where none does, those that bear it as their external one,
 * which stays when a person renumbers documents. A line that a person adds may have got that from
 * the line before (contract 2.4), so it alone takes no line away from another document.
 */
export function linesOf(
  { documentNumber }: { readonly documentNumber: string },
  lines: readonly JournalLine[],
): JournalLine[] {
  const own = lines.filter((line) => sameCode(line.documentNumber, documentNumber));
  if (own.length > 0) return own;
  return lines.filter((line) => sameCode(line.externalDocumentNumber, documentNumber));
}

/**
 * The entries that bear a document number, less what a person removed and what undoes it.
 *
 * @param lines what we would send; null if the claim can't be mapped
 */
export function entriesOf(
  { claimId, documentNumber }: { readonly claimId: string; readonly documentNumber: string },
  lines: readonly VoucherLine[] | null,
  entries: readonly LedgerEntry[],
  { voided, voidedClaims }: Pick<Plan, 'voided' | 'voidedClaims'>,
): LedgerEntry[] {
  const ours = entries.filter((entry) => sameCode(entry.documentNumber, documentNumber));
  return withoutVoided(ours, {
    isVoided: (entry) => voided.has(entryExternalId(entry)),
    bookingOf: (entry) => ({ account: entry.accountNumber, amountMinor: entryAmount(entry) }),
    hasVoided: voidedClaims.has(claimId),
    expected:
      lines
        ?.filter(({ amountMinor }) => amountMinor !== 0)
        .map(({ accountNumber: account, amountMinor }) => ({ account, amountMinor })) ?? null,
  });
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
    return gapsOf(line, wanted);
  });
}

function gapsOf(line: JournalLine, wanted: VoucherLine): DimensionGap[] {
  return Object.entries(wanted.dimensions).flatMap(([code, valueCode]) => {
    const found = dimensionOf(line.dimensionSetLines, code);
    if (found !== undefined && sameCode(found.valueCode, valueCode)) return [];
    return [{ lineId: line.id, code, valueCode, wrongId: found?.id ?? null }];
  });
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
